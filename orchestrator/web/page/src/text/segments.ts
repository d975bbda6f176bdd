// An answer as it is shown: verses that stand in it on their own, and the prose between them. Knows nothing of sources or of elements.

export interface Prose {
  readonly kind: "prose";
  readonly text: string;
}

export interface VersePassage {
  readonly kind: "verse";
  /** The words between the ornate brackets, as they came. */
  readonly text: string;
  /** What the line below says of where they stand; empty where nothing does. */
  readonly place: string;
  readonly url: string | null;
  readonly numbers: readonly number[];
}

export type Segment = Prose | VersePassage;

// ﴿…﴾ alone on its lines, and the line after it that names the place: «البقرة 2:255 · https://quran.com/2/255 [1]».
const VERSE = /^[ \t]*﴿([^﴿﴾]+)﴾[ \t]*(\[\d{1,3}\])*[ \t]*(?:\n([^\n]*\d{1,3}:\d{1,3}[^\n]*))?$/gmu;
const URL = /https?:\/\/[^\s[\]]+/u;

export function segments(text: string): Segment[] {
  const found: Segment[] = [];
  let at = 0;
  for (const match of text.matchAll(VERSE)) {
    pushProse(found, text.slice(at, match.index));
    found.push(passage(match));
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

function passage(match: RegExpExecArray): VersePassage {
  const below = match[3] ?? "";
  const numbers = [...`${match[2] ?? ""}${below}`.matchAll(/\[(\d{1,3})\]/gu)].map((marker) => Number(marker[1]));
  const place = below.replace(/\[\d{1,3}\]/gu, "").replace(URL, "").replace(/[\s·]+$/u, "").trim();
  return { kind: "verse", text: (match[1] ?? "").trim(), place, url: URL.exec(below)?.[0] ?? null, numbers };
}
