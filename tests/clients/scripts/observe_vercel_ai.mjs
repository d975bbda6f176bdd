// What Vercel's AI SDK sees through its provider for OpenAI-compatible servers.

import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText, Output, stepCountIs, streamText, tool } from "ai";
import { z } from "zod";
import { observe } from "./observing.mjs";

const provider = createOpenAICompatible({ name: "fanar", baseURL: process.env.BASE_URL, apiKey: "none", includeUsage: true });
const schemas = createOpenAICompatible({
  name: "fanar",
  baseURL: process.env.BASE_URL,
  apiKey: "none",
  supportsStructuredOutputs: true,
});
const PRIME = provider("Fanar-C-2-27B");
const STAR = provider("Fanar-S-1-7B");
const FANAR = provider("Fanar");
const maxRetries = 0;

function weather(asking) {
  return tool({
    description: "Says what the weather is.",
    inputSchema: z.object({ city: z.string() }),
    execute: async ({ city }) => {
      asking.push(city);
      return "41 degrees";
    },
  });
}

async function streamed(options) {
  const failed = [];
  const result = streamText({ maxRetries, ...options, onError: ({ error }) => failed.push(error) });
  let text = "";
  for await (const piece of result.textStream) text += piece;
  if (failed.length) throw failed[0];
  return { text, result };
}

await observe({
  async generate() {
    const { text, finishReason, usage } = await generateText({ model: PRIME, prompt: "What is the capital of Qatar?", maxRetries });
    return { text, finishReason, usage };
  },

  async stream() {
    const { text, result } = await streamed({ model: STAR, prompt: "العاصمة؟" });
    return { text, finishReason: await result.finishReason, usage: await result.usage };
  },

  async stream_with_progress() {
    return (await streamed({ model: FANAR, prompt: "اقرأ آية الكرسي" })).text;
  },

  async server_tools() {
    const { text, result } = await streamed({ model: FANAR, prompt: "What is 17 * 23?" });
    const whole = await generateText({ model: FANAR, prompt: "What is 17 * 23?", maxRetries });
    return { text, whole: whole.text, calls: [...(await result.toolCalls), ...whole.toolCalls] };
  },

  async tools() {
    const asking = [];
    const { text } = await generateText({
      model: PRIME,
      prompt: "What is the weather in Doha?",
      tools: { weather: weather(asking) },
      stopWhen: stepCountIs(3),
      maxRetries,
    });
    return { asking, text };
  },

  async tools_streamed() {
    const asking = [];
    const { text } = await streamed({
      model: PRIME,
      prompt: "What is the weather in Doha?",
      tools: { weather: weather(asking) },
      stopWhen: stepCountIs(3),
    });
    return { asking, text };
  },

  async structured() {
    const place = z.object({ city: z.string(), country: z.string() });
    const { output } = await generateText({
      model: schemas("Fanar-C-2-27B"),
      prompt: "Qatar as JSON for Vercel",
      output: Output.object({ schema: place }),
      maxRetries,
    });
    return output;
  },

  unknown_model: () => generateText({ model: provider("gpt-4o"), prompt: "Hello", maxRetries }),
  wrong_value: () => generateText({ model: PRIME, prompt: "Hello", temperature: 9, maxRetries }),
  broken_off: async () => (await streamed({ model: PRIME, prompt: "Tell it, then break off." })).text,

  async abort() {
    const stopping = new AbortController();
    const result = streamText({ model: PRIME, prompt: "Tell vercel-ai a long story.", abortSignal: stopping.signal, maxRetries });
    let read = 0;
    for await (const _ of result.textStream) if (++read === 3) stopping.abort();
    return read;
  },
});
