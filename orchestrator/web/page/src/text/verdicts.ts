// What a verdict amounts to: right, wrong, or open. Knows nothing of what was judged.

export type Kind = "right" | "doubtful" | "wrong";

const RIGHT = new Set(["kept", "cited", "supported", "exact", "exact_undiacritised", "orthographic_variant"]);

export interface Judged {
  /** Of a claim. */
  readonly verdict?: string;
  /** Of a quotation. */
  readonly status?: string;
  /** What was done with it. */
  readonly action?: string;
}

export function kindOf({ action, verdict, status }: Judged): Kind {
  const judged = action ?? verdict ?? status ?? "";
  if (RIGHT.has(judged)) return "right";
  // What sources pass over may be so all the same; words that no source has are no quotation.
  return judged === "partial" || (judged === "not_found" && verdict) ? "doubtful" : "wrong";
}
