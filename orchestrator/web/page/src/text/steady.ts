// How much of a text that is still being written may be shown, so that no line turns round under the reader's eyes.
// Knows nothing of Markdown but lines; what a line says in the end decides its direction, here only its beginning is held back.

import { type Direction, directionOf, proseAlone, strength } from "./direction";

/** By how many letters a line must lean against what is expected before it is believed while it is still growing. */
const OVERWHELMING = 40;

/** Return the part of `text` to show while more is coming; `expected` is the direction that lines have here as a rule. */
export function steady(text: string, expected: Direction): string {
  const start = text.lastIndexOf("\n") + 1;
  const line = text.slice(start);
  if (isFenced(text)) return text;
  return text.slice(0, start + safeLength(line, expectedHere(text.slice(0, start), expected)));
}

function isFenced(text: string): boolean {
  return (text.match(/^ {0,3}(?:```|~~~)/gmu)?.length ?? 0) % 2 === 1;
}

// A line mostly runs as the one before it does.
function expectedHere(before: string, otherwise: Direction): Direction {
  for (const line of before.split("\n").reverse()) {
    const found = directionOf(line);
    if (found) return found;
  }
  return otherwise;
}

function safeLength(line: string, expected: Direction): number {
  let lead = 0;
  let seen = false;
  let safe = 0;
  let at = 0;
  for (const letter of proseAlone(line)) {
    at += letter.length;
    const side = strength(letter);
    if (side) {
      seen = true;
      lead += side === expected ? 1 : -1;
    }
    if (!seen || lead > 0 || lead <= -OVERWHELMING) safe = at;
  }
  return safe;
}
