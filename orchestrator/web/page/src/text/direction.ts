// Which way a piece of text runs: by the majority of its strong letters, the first of them where there are as many of both.
// Knows nothing of Markdown or of elements.

export type Direction = "rtl" | "ltr";

const RTL = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const LETTER = /\p{L}/u;
// An address is no prose, nor is code between backticks, closed or still open: what they are written in says nothing of the language around.
const APART = /`[^`\n]*(?:`|$)|(?:https?:\/\/|www\.)[^\s<>﴾»]+|[\w.+-]+@[\w-]+\.[\w.]+/gmu;

/** How far letters from right to left outnumber the others, and which came first. */
export interface Lead {
  readonly rtl: number;
  readonly ltr: number;
  readonly first: Direction | null;
}

export const NONE: Lead = { rtl: 0, ltr: 0, first: null };

/** The direction of one strong letter; null for what has none. */
export function strength(letter: string): Direction | null {
  if (!LETTER.test(letter)) return null;
  return RTL.test(letter) ? "rtl" : "ltr";
}

/** The text with blanks in the place of what is no prose, as long as before. */
export const proseAlone = (text: string): string => text.replace(APART, (apart) => " ".repeat(apart.length));

export function count(text: string, before: Lead = NONE): Lead {
  let { rtl, ltr, first } = before;
  for (const letter of proseAlone(text)) {
    const side = strength(letter);
    if (side === null) continue;
    first ??= side;
    if (side === "rtl") rtl += 1;
    else ltr += 1;
  }
  return { rtl, ltr, first };
}

/** The direction that letters so counted stand for; null where there are none. */
export function leaning({ rtl, ltr, first }: Lead): Direction | null {
  if (rtl === ltr) return first;
  return rtl > ltr ? "rtl" : "ltr";
}

export const directionOf = (text: string): Direction | null => leaning(count(text));
