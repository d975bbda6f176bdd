// An answer as it is shown: verses and other texts that stand in it on their own, word for word with their source below, and the prose
// between them. Knows nothing of sources or of elements.

export interface Prose {
  readonly kind: "prose";
  readonly text: string;
}

/** A text on lines of its own: «…» or verses ﴿…﴾, below it what it means, and where it stands. */
export interface Passage {
  readonly kind: "verses" | "quoted";
  /** All of it as it came. */
  readonly text: string;
  /** The words between the brackets: one verse each, or the whole that is quoted. */
  readonly parts: readonly string[];
  /** The basmala before the first verse of a surah. */
  readonly opening: string;
  readonly translation: string;
  /** What the line below says of where it stands; empty where nothing does. */
  readonly place: string;
  readonly url: string | null;
  readonly numbers: readonly number[];
}

export type Segment = Prose | Passage;

const VERSE = String.raw`[ \t]*﴿[^﴿﴾]+﴾[ \t]*(?:\[\d{1,3}\])*[ \t]*`;
const VERSES = String.raw`(?<opening>بِسْمِ [^﴿﴾«»\n]*\n)?(?<verses>${VERSE}(?:\n${VERSE})*)`;
// A line that opens another text ends the search for the end of this one: whatever is written, it is read once.
const QUOTED = String.raw`[ \t]*«(?<quoted>(?:(?!\n[ \t]*[\n«])[^])+?)»[ \t]*`;
const BELOW = String.raw`(?<translation>(?:\n“[^\n]+”[ \t]*)*)(?:\n(?<below>[^\n]*(?:\d{1,3}:\d{1,3}[^\n]*|\[\d{1,3}\][ \t]*)))?`;
const PASSAGE = new RegExp(`^(?:${VERSES}|${QUOTED})${BELOW}$`, "gmu");
const URL = /https?:\/\/[^\s[\]]+/u;
const NUMBER = /\[(\d{1,3})\]/gu;

export function segments(text: string): Segment[] {
  const found: Segment[] = [];
  let at = 0;
  for (const match of text.matchAll(PASSAGE)) {
    const passage = passageOf(match);
    if (!passage) continue;
    pushProse(found, text.slice(at, match.index));
    found.push(passage);
    at = match.index + match[0].length;
  }
  pushProse(found, text.slice(at));
  return found;
}

/** Return `text` up to a verse that is not yet whole: half a verse is shown as prose nowhere. */
export function wholeVerses(text: string): string {
  const open = text.lastIndexOf("﴿");
  return open > text.lastIndexOf("﴾") ? text.slice(0, open) : text;
}

function pushProse(found: Segment[], text: string): void {
  if (text.trim()) found.push({ kind: "prose", text });
}

function passageOf({ 0: text, groups = {} }: RegExpMatchArray): Passage | null {
  const { opening = "", verses, quoted, translation = "", below = "" } = groups;
  const numbers = [...`${verses ?? ""}${below}`.matchAll(NUMBER)].map((marker) => Number(marker[1]));
  // Words between quotation marks are only words, unless the line below says whose they are.
  if (quoted !== undefined && !numbers.length) return null;
  return {
    kind: quoted === undefined ? "verses" : "quoted",
    text,
    parts: quoted === undefined ? [...verses!.matchAll(/﴿([^﴿﴾]+)﴾/gu)].map((verse) => verse[1]!.trim()) : [quoted.trim()],
    opening: opening.trim(),
    translation: translation.trim().replace(/^“|”(?=\n|$)|(?<=\n)“/gu, ""),
    place: below.replace(NUMBER, "").replace(URL, "").replace(/[\s·]+$/u, "").trim(),
    url: URL.exec(below)?.[0] ?? null,
    numbers,
  };
}
