// What the calculators of zakat and inheritance are asked and answer, as far as the page reads it. Knows no rule of either.

import type { Bilingual } from "./types";

export const SCHOOLS = ["hanafi", "maliki", "shafii", "hanbali"] as const;
export type School = (typeof SCHOOLS)[number];

export interface Rule extends Bilingual {
  readonly source: Bilingual | null;
}

export interface InheritanceRequest {
  readonly deceased: "male" | "female";
  readonly heirs: Readonly<Record<string, number>>;
  readonly madhab: School;
  readonly estate?: number;
  readonly currency?: string;
  readonly debts?: number;
  readonly funeral?: number;
  readonly bequests?: number;
}

export interface Share {
  readonly heir: string;
  readonly name: Bilingual;
  readonly count: number;
  readonly fraction: string;
  readonly each: string;
  readonly lots: number;
  readonly rule: Rule;
  readonly amount?: number | null;
  readonly amount_each?: number | null;
}

export interface InheritanceAnswer {
  readonly id: string;
  readonly shares: readonly Share[];
  readonly corrected_base: number;
  readonly blocked: readonly { readonly name: Bilingual; readonly rule?: Rule }[];
  readonly trace: readonly Rule[];
  readonly notes: readonly Bilingual[];
}

export interface ZakatRequest {
  readonly madhab: School;
  readonly nisab?: "gold" | "silver";
  readonly currency?: string;
  readonly prices?: { readonly gold?: number; readonly silver?: number };
  readonly hawl?: { readonly since: string };
  readonly gold?: readonly { readonly grams: number; readonly karat: number; readonly use: string }[];
  readonly silver?: readonly { readonly grams: number }[];
  readonly cash?: number;
  readonly trade_goods?: readonly { readonly value: number }[];
  readonly shares?: readonly { readonly value: number }[];
  readonly receivables?: readonly { readonly amount: number }[];
  readonly debts?: number;
}

export interface Quantity {
  readonly amount: string;
  readonly unit: string;
  readonly name: Bilingual;
}

export interface ZakatLine {
  readonly item: string;
  readonly name: Bilingual;
  readonly status: string;
  readonly base: Quantity | null;
  readonly rate: string | null;
  readonly due: readonly (readonly Quantity[])[];
  readonly rule: Rule;
}

export interface ZakatAnswer {
  readonly currency: string | null;
  readonly nisab: Readonly<Record<string, unknown>>;
  readonly lines: readonly ZakatLine[];
  readonly total: readonly Quantity[];
  readonly total_money: { readonly rounded: string } | null;
  readonly notes: readonly Bilingual[];
}
