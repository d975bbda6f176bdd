// How this reader wants the page: language, theme, digits, calendar; and the key, which is forgotten with the tab.
// Knows nothing of words or of elements but the root, which bears what CSS and screen readers go by.

import type { Calendar, Digits, Manner } from "../text/figures";
import type { Language } from "../text/language";
import { Store, useStore } from "./store";

export type Theme = "system" | "light" | "dark";

export interface Preferences {
  readonly language: Language;
  readonly theme: Theme;
  readonly digits: Digits;
  readonly calendar: Calendar;
  readonly key: string;
}

type Kept = Omit<Preferences, "key">;

const CHOICES: { readonly [Name in keyof Kept]: readonly Kept[Name][] } = {
  language: ["ar", "en"],
  theme: ["system", "light", "dark"],
  digits: ["arab", "latn"],
  calendar: ["gregorian", "hijri"],
};

function kept<Name extends keyof Kept>(name: Name): Kept[Name] {
  const choices = CHOICES[name];
  const found = choices.find((choice) => choice === localStorage.getItem(name));
  return found ?? choices[0]!;
}

export const preferences = new Store<Preferences>({
  language: kept("language"),
  theme: kept("theme"),
  digits: kept("digits"),
  calendar: kept("calendar"),
  key: sessionStorage.getItem("key") ?? "",
});

export function prefer(change: Partial<Kept>): void {
  for (const [name, value] of Object.entries(change)) localStorage.setItem(name, value);
  preferences.set(change);
}

export function presentKey(key: string): void {
  sessionStorage.setItem("key", key);
  preferences.set({ key });
}

export const usePreference = <U>(pick: (value: Preferences) => U): U => useStore(preferences, pick);

export function useManner(): Manner {
  const language = usePreference((value) => value.language);
  const digits = usePreference((value) => value.digits);
  const calendar = usePreference((value) => value.calendar);
  return { language, digits, calendar };
}

/** Keep the root element as the preferences say. */
export function dressRoot(title: (language: Language) => string): void {
  const dress = (): void => {
    const { language, theme, digits } = preferences.get();
    const root = document.documentElement;
    root.lang = language;
    root.dir = language === "ar" ? "rtl" : "ltr";
    root.dataset.theme = theme;
    root.dataset.digits = digits;
    document.title = title(language);
  };
  preferences.subscribe(dress);
  dress();
}
