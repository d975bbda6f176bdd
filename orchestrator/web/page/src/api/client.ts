// Talks to the platform that sent this page: JSON there and back, and streams. Knows nothing of what is asked.

import { preferences } from "../state/preferences";
import { wordsNow } from "../words/words";
import { eventData } from "./sse";
import type { ErrorBody } from "./types";

/** A refusal or a failure, in words for the reader. */
export class ServiceError extends Error {
  readonly code: string;

  constructor(message: string, code = "unreachable") {
    super(message);
    this.code = code;
  }
}

export interface Asking {
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  readonly body?: unknown;
  readonly form?: FormData;
  readonly signal?: AbortSignal;
}

function optionsOf({ method, body, form, signal }: Asking): RequestInit {
  const { key, language } = preferences.get();
  const headers: Record<string, string> = { "accept-language": language };
  if (key) headers.authorization = `Bearer ${key}`;
  if (body !== undefined) headers["content-type"] = "application/json";
  const payload = form ?? (body === undefined ? null : JSON.stringify(body));
  return { method: method ?? (payload === null ? "GET" : "POST"), headers, body: payload, signal: signal ?? null };
}

const isAbort = (cause: unknown): boolean => cause instanceof DOMException && cause.name === "AbortError";

/** Return the answer itself. Throws ServiceError for a refusal or a failure. */
export async function fetched(path: string, asking: Asking): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(path, optionsOf(asking));
  } catch (cause) {
    if (isAbort(cause)) throw cause;
    throw new ServiceError(wordsNow().unreachable);
  }
  if (response.ok) return response;
  const envelope = (await response.json().catch(() => ({}))) as { readonly error?: ErrorBody };
  throw new ServiceError(envelope.error?.message ?? wordsNow().unreachable, envelope.error?.code);
}

export async function ask<T>(path: string, asking: Asking = {}): Promise<T> {
  return (await (await fetched(path, asking)).json()) as T;
}

/** Yield what a stream says, event by event, until it says that it is done. */
export async function* stream<T>(path: string, asking: Asking, { endsWithDone = true } = {}): AsyncGenerator<T> {
  const response = await fetched(path, asking);
  try {
    for await (const data of eventData(pieces(response))) {
      if (data === "[DONE]") return;
      yield JSON.parse(data) as T;
    }
  } catch (cause) {
    if (isAbort(cause) || cause instanceof ServiceError) throw cause;
    throw new ServiceError(wordsNow().unreachable);
  }
  if (endsWithDone) throw new ServiceError(wordsNow().brokenOff);
}

async function* pieces(response: Response): AsyncGenerator<string> {
  if (!response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

export const aborted = isAbort;
