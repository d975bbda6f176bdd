// What the OpenAI SDK for Node sees.

import { createReadStream } from "node:fs";
import OpenAI from "openai";
import { observe } from "./observing.mjs";

const baseURL = process.env.BASE_URL;
const client = new OpenAI({ baseURL, apiKey: "none", maxRetries: 0 });
const PRIME = "Fanar-C-2-27B";
const STAR = "Fanar-S-1-7B";
const FANAR = "Fanar";
const WEATHER = {
  type: "function",
  function: {
    name: "weather",
    description: "Says what the weather is.",
    parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
};
const PLACE = {
  type: "json_schema",
  json_schema: {
    name: "Place",
    strict: true,
    schema: {
      type: "object",
      properties: { city: { type: "string" }, country: { type: "string" } },
      required: ["city", "country"],
      additionalProperties: false,
    },
  },
};

const asked = (words, model = PRIME) => ({ model, messages: [{ role: "user", content: words }] });
const create = (words, model, more = {}) => client.chat.completions.create({ ...asked(words, model), ...more });

async function collected(stream) {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

await observe({
  async models_list() {
    const ids = [];
    for await (const model of client.models.list()) ids.push(model.id);
    return ids;
  },

  async create() {
    const answer = await create("What is the capital of Qatar?");
    const [choice] = answer.choices;
    return { text: choice.message.content, role: choice.message.role, reason: choice.finish_reason, usage: answer.usage };
  },

  async stream() {
    const chunks = await collected(await create("العاصمة؟", STAR, { stream: true, stream_options: { include_usage: true } }));
    return {
      text: chunks.map((chunk) => chunk.choices[0]?.delta.content ?? "").join(""),
      reasons: chunks.map((chunk) => chunk.choices[0]?.finish_reason).filter(Boolean),
      usages: chunks.map((chunk) => chunk.usage).filter(Boolean).length,
    };
  },

  async stream_helper() {
    const stream = client.chat.completions.stream(asked("What is the capital of Qatar?"));
    const pieces = [];
    stream.on("content", (piece) => pieces.push(piece));
    const answer = await stream.finalChatCompletion();
    return { pieces: pieces.length, heard: pieces.join(""), text: answer.choices[0].message.content, role: answer.choices[0].message.role };
  },

  async stream_helper_with_progress() {
    const stream = client.chat.completions.stream(asked("اقرأ آية الكرسي", FANAR));
    const progress = [];
    const references = [];
    stream.on("chunk", (chunk) => {
      if (chunk.progress) progress.push(chunk.progress.message);
      references.push(...(chunk.choices[0]?.delta.references ?? []));
    });
    return { text: await stream.finalContent(), references, progress };
  },

  async stream_helper_with_server_tool() {
    const stream = client.chat.completions.stream(asked("What is 17 * 23?", FANAR));
    const told = [];
    stream.on("chunk", (chunk) => told.push(...(chunk.tool_events ?? [])));
    const { message } = (await stream.finalChatCompletion()).choices[0];
    return { text: message.content, calls: message.tool_calls ?? [], tool_events: told };
  },

  async routed() {
    return (await create("What is the capital of Qatar?", FANAR)).metadata.routing;
  },

  async tools() {
    const words = "What is the weather in Doha?";
    const { message } = (await create(words, PRIME, { tools: [WEATHER] })).choices[0];
    const [call] = message.tool_calls;
    const messages = [{ role: "user", content: words }, message, { role: "tool", tool_call_id: call.id, content: "41 degrees" }];
    const after = await client.chat.completions.create({ model: PRIME, messages, tools: [WEATHER] });
    return { name: call.function.name, arguments: call.function.arguments, after: after.choices[0].message.content };
  },

  async run_tools() {
    const asking = [];
    const tool = {
      ...WEATHER,
      function: {
        ...WEATHER.function,
        parse: JSON.parse,
        function: ({ city }) => {
          asking.push(city);
          return "41 degrees";
        },
      },
    };
    const runner = client.chat.completions.runTools({ ...asked("What is the weather in Doha?"), stream: true, tools: [tool] });
    return { asking, text: await runner.finalContent() };
  },

  async json_schema() {
    return JSON.parse((await create("Qatar as JSON", PRIME, { response_format: PLACE })).choices[0].message.content);
  },

  async logprobs() {
    const { content } = (await create("What is the capital of Qatar?", PRIME, { logprobs: true, top_logprobs: 2 })).choices[0].logprobs;
    return { text: content.map((entry) => entry.token).join(""), tops: content.map((entry) => entry.top_logprobs.length) };
  },

  unknown_model: () => create("Hello", "gpt-4o"),
  unknown_field: () => create("Hello", PRIME, { api_base: "http://evil.example" }),
  wrong_value: () => create("Hello", PRIME, { temperature: 9 }),
  wrong_key: () => new OpenAI({ baseURL, apiKey: "fanar-wrong", maxRetries: 0 }).models.list(),
  broken_off: async () => collected(await create("Tell it, then break off.", PRIME, { stream: true })),

  async transcribe() {
    const asked = { model: "Fanar-Aura-STT-1", language: "ar" };
    const whole = await client.audio.transcriptions.create({ ...asked, file: createReadStream(process.env.SOUND) });
    const events = await collected(
      await client.audio.transcriptions.create({ ...asked, file: createReadStream(process.env.SOUND), stream: true }),
    );
    return { text: whole.text, kinds: events.map((event) => event.type), last: events.at(-1).text };
  },

  async speak() {
    const sound = await client.audio.speech.create({ model: "Fanar-Aura-TTS-2", voice: "Hamad", input: "مرحبا", response_format: "wav" });
    return Buffer.from(await sound.arrayBuffer()).subarray(0, 4).toString();
  },

  async image() {
    const drawn = await client.images.generate({ model: "Fanar-Oryx-IG-2", prompt: "a dhow", size: "256x256" });
    return drawn.data[0].b64_json.slice(0, 12);
  },

  async abort() {
    const stream = await create("Tell openai-node a long story.", PRIME, { stream: true });
    let read = 0;
    for await (const _ of stream) if (++read === 3) break;
    return read;
  },

  async abort_by_signal() {
    const stopping = new AbortController();
    const stream = await client.chat.completions.create(
      { ...asked("Tell the signal of openai-node a long story."), stream: true },
      { signal: stopping.signal },
    );
    let read = 0;
    for await (const _ of stream) if (++read === 3) stopping.abort();
    return read >= 3;
  },
});
