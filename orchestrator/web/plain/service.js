// Talks to the platform: JSON, and server-sent events read from a POST. Knows nothing of the page.

import { currentLanguage, say } from "./words.js";

// The page stands in a folder of its own, the interface above it, wherever a proxy has put both.
const ROOT = new URL("../", import.meta.url);

export class ServiceError extends Error {
  constructor(message, code = "unreachable") {
    super(message);
    this.code = code;
  }
}

function headers() {
  const key = sessionStorage.getItem("key");
  return {
    "content-type": "application/json",
    "accept-language": currentLanguage(),
    ...(key ? { authorization: `Bearer ${key}` } : {}),
  };
}

async function send(path, body, signal) {
  const options = { method: body ? "POST" : "GET", headers: headers(), body: body && JSON.stringify(body), signal };
  let response;
  try {
    response = await fetch(new URL(path, ROOT), options);
  } catch (cause) {
    if (cause.name === "AbortError") throw cause;
    throw new ServiceError(say("unreachable"));
  }
  if (response.ok) return response;
  const envelope = await response.json().catch(() => ({}));
  throw new ServiceError(envelope.error?.message ?? say("unreachable"), envelope.error?.code);
}

export const ask = async (path, body) => (await send(path, body)).json();

// Yields the chunks of a streamed answer.
export async function* stream(path, body, signal) {
  const response = await send(path, { ...body, stream: true }, signal);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let pending = "";
  for (;;) {
    const { value, done } = await reader.read().catch((cause) => {
      if (cause.name === "AbortError") throw cause;
      throw new ServiceError(say("unreachable"));
    });
    if (done) throw new ServiceError(say("failed"));
    pending += value;
    const frames = pending.split("\n\n");
    pending = frames.pop();
    for (const frame of frames) {
      if (!frame.startsWith("data: ")) continue;
      const data = frame.slice(6);
      if (data === "[DONE]") return;
      const chunk = JSON.parse(data);
      if (chunk.error) throw new ServiceError(chunk.error.message, chunk.error.code);
      yield chunk;
    }
  }
}
