// Numbers and dates in the digits and the calendar that the reader chose. Knows nothing of where they stand.

import type { Language } from "./language";

export type Digits = "arab" | "latn";
export type Calendar = "hijri" | "gregorian";

/** How a reader wants numbers and dates written. */
export interface Manner {
  readonly language: Language;
  readonly digits: Digits;
  readonly calendar: Calendar;
}

const locale = ({ language, digits }: Manner): string => `${language}-u-nu-${language === "ar" ? digits : "latn"}`;

export const figure = (value: number, manner: Manner, options: Intl.NumberFormatOptions = {}): string =>
  new Intl.NumberFormat(locale(manner), options).format(value);

export const percent = (share: number, manner: Manner): string => figure(share, manner, { style: "percent", maximumFractionDigits: 0 });

/** Return an exact amount or a fraction, as the service wrote it, with its digits only exchanged. */
export function exactly(text: string, manner: Manner): string {
  if (manner.language !== "ar" || manner.digits !== "arab") return text;
  return text.replace(/\d/gu, (digit) => String.fromCodePoint(0x0660 + Number(digit)));
}

export const day = (seconds: number, manner: Manner): string => dated(new Date(seconds * 1000), manner, { dateStyle: "medium" });

/** Return a moment that the service wrote in ISO 8601, as this reader's clock shows it. */
export const moment = (iso: string, manner: Manner): string => dated(new Date(iso), manner, { dateStyle: "medium", timeStyle: "short" });

function dated(when: Date, manner: Manner, options: Intl.DateTimeFormatOptions): string {
  const calendar = manner.calendar === "hijri" ? "islamic-umalqura" : "gregory";
  return new Intl.DateTimeFormat(`${locale(manner)}-ca-${calendar}`, options).format(when);
}
