// The small services of the platform, one function each. Knows nothing of the page.

import { ask, ServiceError, stream } from "./client";
import type { InheritanceAnswer, InheritanceRequest, ZakatAnswer, ZakatRequest } from "./calculations";
import type { AttributionReport, Bilingual, Capability, Chunk, ErrorBody, SearchResult } from "./types";

export type Part = { readonly type: "text"; readonly text: string } | { readonly type: "image_url"; readonly image_url: { readonly url: string } };

export interface ChatAsked {
  readonly messages: readonly { readonly role: string; readonly content: string | readonly Part[] }[];
  readonly files: readonly string[];
}

/** The reader's time zone; none where the browser does not know it. */
const zone = (): { readonly time_zone?: string } => {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return timeZone && timeZone !== "Etc/Unknown" ? { time_zone: timeZone } : {};
};

/** Yield the chunks of an answer. */
export async function* chat({ messages, files }: ChatAsked, signal: AbortSignal): AsyncGenerator<Chunk> {
  const body = { model: "Fanar", stream: true, ...zone(), messages, ...(files.length ? { files } : {}) };
  for await (const chunk of stream<Chunk>("v1/chat/completions", { body, signal })) {
    if (chunk.error) throw new ServiceError(chunk.error.message, chunk.error.code);
    yield chunk;
  }
}

/** Have a text's quotations checked, and its claims where there are sources to hold them against: texts, or addresses of pages. */
export function attributions(text: string, sources: readonly string[]): Promise<AttributionReport> {
  const given = sources.map((source, index) => ({ id: String(index + 1), [/^https?:\/\/\S+$/u.test(source) ? "url" : "text"]: source }));
  return ask("v1/attributions", { body: { text, ...(given.length ? { sources: given } : {}) } });
}

export const search = async (query: string): Promise<readonly SearchResult[]> =>
  (await ask<{ readonly results: readonly SearchResult[] }>("v1/search", { body: { query, top_k: 10 } })).results;

export const inheritance = (body: InheritanceRequest): Promise<InheritanceAnswer> => ask("v1/islamic/inheritance", { body });

export const zakat = (body: ZakatRequest): Promise<ZakatAnswer> => ask("v1/islamic/zakat", { body });

export const capabilities = async (): Promise<readonly Capability[]> =>
  (await ask<{ readonly capabilities: readonly Capability[] }>("readyz")).capabilities;

export interface Opinion {
  readonly id: string;
  readonly rating: "up" | "down";
  readonly comment?: string;
  readonly route?: string;
  readonly prompt?: string;
}

export const feedback = (opinion: Opinion): Promise<unknown> => ask("v1/feedback", { body: opinion });

export interface Today {
  readonly text: Bilingual;
}

export const today = (): Promise<Today> => ask("v1/islamic/calendar", { body: zone() });

interface TranscriptPiece {
  readonly type: string;
  readonly delta?: string;
  readonly text?: string;
  readonly error?: ErrorBody;
}

/** Yield what is said in a recording: each time all that is known so far. */
export async function* transcript(recording: Blob, signal: AbortSignal): AsyncGenerator<string> {
  const form = new FormData();
  form.append("model", "Fanar-Aura-STT-1");
  form.append("stream", "true");
  form.append("file", recording, `voice.${recording.type.includes("mp4") ? "mp4" : "webm"}`);
  let said = "";
  for await (const piece of stream<TranscriptPiece>("v1/audio/transcriptions", { form, signal }, { endsWithDone: false })) {
    if (piece.error) throw new ServiceError(piece.error.message, piece.error.code);
    if (piece.type === "transcript.text.delta") said += piece.delta ?? "";
    if (piece.type === "transcript.text.done") said = piece.text ?? said;
    yield said;
  }
}
