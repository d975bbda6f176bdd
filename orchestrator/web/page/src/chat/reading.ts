// Reads one answer while it comes: its text, its steps, its sources. Knows nothing of conversations.

import { chat, type ChatAsked } from "../api/services";
import type { Bilingual, Chunk } from "../api/types";
import type { TurnMetadata } from "./tree";

export interface Reading {
  readonly text: string;
  readonly steps: readonly Bilingual[];
  readonly metadata: TurnMetadata;
}

const EMPTY: Reading = { text: "", steps: [], metadata: {} };

function after(reading: Reading, chunk: Chunk): Reading {
  const delta = chunk.choices[0]?.delta;
  const step = chunk.progress?.message;
  const steps = step && step.en !== reading.steps.at(-1)?.en ? [...reading.steps, step] : reading.steps;
  return {
    text: reading.text + (delta?.content ?? ""),
    steps,
    metadata: {
      ...reading.metadata,
      ...(chunk.id ? { answer: chunk.id } : {}),
      ...(delta?.references?.length ? { references: delta.references } : {}),
      ...(chunk.metadata ? { metadata: chunk.metadata } : {}),
    },
  };
}

/** Yield the answer as far as it has come, piece by piece. */
export async function* readings(asked: ChatAsked, signal: AbortSignal): AsyncGenerator<Reading> {
  let reading = EMPTY;
  for await (const chunk of chat(asked, signal)) {
    reading = after(reading, chunk);
    yield reading;
  }
}
