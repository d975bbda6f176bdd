// What is said of where a source stands and what it is worth, in the reader's language. Knows nothing of how that is shown.

import type { Reference } from "../api/types";
import type { Words } from "../words/words";

export function placeOf({ corpus, reference, filename, page }: Reference, words: Words): string {
  if (filename) return page ? `${filename} · ${words.page} ${page}` : filename;
  return standing(corpus, reference, words);
}

/** Return where a passage of a corpus stands; a hadith is known by its collection ("bukhari:1"), whatever the corpus is called. */
export function standing(corpus: string, reference: string, words: Words): string {
  const [collection = "", number] = reference.split(":");
  if (corpus === "quran") return `${words.quran} ${reference}`;
  const name = words.collections[collection];
  if (name && number) return `${name} ${number}`;
  // What is said of news names its outlet.
  return corpus === "news" ? reference : `${corpus} ${reference}`;
}

/** Return a hadith's grade in words; null for what is no hadith. */
export function gradeOf({ grade, collection }: Reference, words: Words): string | null {
  return grade || collection ? gradeSaid(grade ?? "unstated", words) : null;
}

export const gradeSaid = (grade: string, words: Words): string =>
  grade === "unstated" ? words.gradeUnstated : `${words.grade}: ${words.grades[grade] ?? grade}`;
