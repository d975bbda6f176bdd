// What the public API says, as far as the page reads it. Knows nothing of how it is asked.

export interface Bilingual {
  readonly en: string;
  readonly ar: string;
}

export interface Reference {
  readonly index: number;
  readonly number: number;
  readonly source: string;
  readonly content: string;
  readonly corpus: string;
  readonly reference: string;
  readonly translation?: string | null;
  readonly url?: string | null;
  readonly collection?: string;
  readonly grade?: string;
  readonly madhab?: string;
  readonly book?: string;
  readonly author?: string;
  readonly mufti?: string;
  readonly file_id?: string;
  readonly filename?: string;
  readonly page?: number | null;
}

export interface Routing {
  readonly route: string;
  readonly model: string;
  readonly answered_by: string;
  readonly confidence: number;
  readonly reasons: readonly string[];
}

/** A quotation or a claim that was checked; offsets are end-exclusive code points. */
export interface Verdict {
  readonly start: number;
  readonly end: number;
  readonly verdict?: string;
  readonly status?: string;
  readonly action?: string;
  readonly method?: string;
  readonly score?: number;
  readonly reference?: string | null;
  /** What the sources say of it, in their words. */
  readonly citations?: readonly { readonly quote: string }[];
}

export interface AnswerMetadata {
  readonly routing?: Routing;
  readonly confident?: boolean;
  readonly quotations?: readonly Verdict[];
  readonly claims?: readonly Verdict[];
  readonly attribution?: { readonly quotes?: readonly Verdict[]; readonly claims?: readonly Verdict[] };
  readonly blocked?: { readonly type: string; readonly message: Bilingual };
}

export interface Chunk {
  readonly id?: string;
  readonly choices: readonly {
    readonly delta: { readonly content?: string | null; readonly references?: readonly Reference[] };
    readonly finish_reason?: string | null;
  }[];
  readonly progress?: { readonly message: Bilingual };
  readonly metadata?: AnswerMetadata;
  readonly error?: ErrorBody;
}

export interface ErrorBody {
  readonly code: string;
  readonly message: string;
  readonly param?: string | null;
  readonly type?: string | null;
}

export interface Capability {
  readonly name: string;
  readonly available: boolean;
  readonly detail: Bilingual;
  readonly remedy: string | null;
}

export interface Difference {
  readonly operation: "substituted" | "inserted" | "deleted" | "vowels";
  readonly start: number;
  readonly end: number;
  readonly found: string;
  readonly expected: string;
}

export interface Quote {
  readonly start: number;
  readonly end: number;
  readonly type: string;
  readonly status: string;
  readonly score: number;
  readonly reference: string | null;
  readonly occurrences: readonly string[];
  readonly differences: readonly Difference[];
  readonly correction: string | null;
  readonly claimed_reference: { readonly text: string; readonly correct: boolean | null } | null;
  readonly sources: readonly { readonly reference: string; readonly grade: string; readonly url: string | null }[];
  readonly nearest: string | null;
}

/** What a text asserts, held against its sources. */
export interface Claim {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly verdict: string;
  /** How probably the verdict is right. */
  readonly score: number;
  readonly method: string;
  readonly citations: readonly { readonly source_id: string; readonly start: number; readonly quote: string }[];
  readonly markers: readonly { readonly text: string; readonly start: number; readonly supported: boolean | null }[];
  /** Words that the best passage does not say, as a span model sees it; offsets of the text, in code points. */
  readonly unsupported: readonly { readonly start: number; readonly end: number }[];
}

export interface AttributionReport {
  readonly support_score: number | null;
  readonly quotes: readonly Quote[];
  readonly claims: readonly Claim[];
}

export interface SearchResult {
  readonly id: string;
  readonly corpus: string;
  readonly reference: string;
  readonly text: string;
  readonly translation: string | null;
  readonly url: string | null;
  readonly confident: boolean;
}
