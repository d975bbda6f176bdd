// Texts read aloud by the platform's voices. Knows nothing of what is read.

import { ask, fetched } from "./client";

interface Voice {
  readonly name: string;
  readonly languages: readonly string[];
}

const LONGEST = 4000;

/** Return `text` as sound, by the first voice that speaks its language. */
export async function aloud(text: string, language: "ar" | "en", signal: AbortSignal): Promise<Blob> {
  const { voices } = await ask<{ readonly voices: readonly Voice[] }>("v1/audio/voices", { signal });
  const voice = (voices.find((each) => each.languages[0] === language) ?? voices[0])?.name ?? "Huda";
  const input = Array.from(text).slice(0, LONGEST).join("");
  // No synthetic voice reads a verse: this model plays a reciter's recording of it.
  const model = input.includes("﴿") ? "Fanar-Sadiq-TTS-1" : "Fanar-Aura-TTS-2";
  const response = await fetched("v1/audio/speech", { body: { model, input, voice }, signal });
  return response.blob();
}
