// What the page itself says, in the reader's language. Knows nothing of where the words stand.

import { preferences, usePreference } from "../state/preferences";
import type { Language } from "../text/language";
import { ar } from "./ar";
import { en } from "./en";

/** Every word that the page says. Arabic is the measure; English has the same. */
export type Words = typeof ar;

const WORDS: Readonly<Record<Language, Words>> = { ar, en };

export const wordsIn = (language: Language): Words => WORDS[language];

export const wordsNow = (): Words => WORDS[preferences.get().language];

export const useWords = (): Words => WORDS[usePreference((value) => value.language)];

/** The word of a table for a name that the service may one day send and the page does not know. */
export const wordFor = (table: Readonly<Record<string, string>>, name: string): string => table[name] ?? name;
