// What a text quotes and claims: the text with all of it marked, and of each what is wrong with it. Knows nothing of how it was judged.

import type { AttributionReport, Claim, Quote } from "../api/types";
import { useManner } from "../state/preferences";
import { percent } from "../text/figures";
import { Points } from "../text/points";
import { kindOf } from "../text/verdicts";
import { useWords } from "../words/words";
import { ClaimFinding } from "./ClaimFinding";
import { Marked } from "./Marked";
import { QuoteFinding } from "./QuoteFinding";

type Found = { readonly quote: Quote; readonly claim?: never } | { readonly quote?: never; readonly claim: Claim };

export function Findings({ text, report }: { readonly text: string; readonly report: AttributionReport }) {
  const words = useWords();
  const manner = useManner();
  const points = new Points(text);
  const found = inOrder(report);
  if (!found.length) return <p className="lead">{words.nothingFound}</p>;
  const marks = found.map(({ quote, claim }, index) => {
    const { start, end } = quote ? bracketed(points, quote) : claim;
    return { start, end, kind: kindOf(quote ?? claim), number: index + 1 };
  });
  return (
    <section className="findings">
      <h2>{words.markedText}</h2>
      {report.support_score !== null && <p className="small">{words.supported(percent(report.support_score, manner))}</p>}
      <Marked text={text} points={points} marks={marks} />
      {found.map(({ quote, claim }, index) =>
        quote ? <QuoteFinding key={index} quote={quote} number={index + 1} points={points} /> : <ClaimFinding key={index} claim={claim} number={index + 1} />,
      )}
    </section>
  );
}

// The ornate brackets turn round with the verse between them, whatever way the text around runs.
function bracketed(points: Points, { start, end }: Quote): { start: number; end: number } {
  const within = points.slice(Math.max(0, start - 1), start) === "﴿" && points.slice(end, end + 1) === "﴾";
  return within ? { start: start - 1, end: end + 1 } : { start, end };
}

/** What is to be shown, as it stands in the text; of two that begin together the longer first. */
function inOrder({ quotes, claims }: AttributionReport): readonly Found[] {
  // Of a quotation the quotation itself says more; and what asserts nothing was not held against anything.
  const shown = claims.filter((claim) => claim.method !== "quotation" && claim.verdict !== "not_checkworthy");
  const found: Found[] = [...quotes.map((quote) => ({ quote })), ...shown.map((claim) => ({ claim }))];
  const place = ({ quote, claim }: Found): { start: number; end: number } => quote ?? claim;
  return found.sort((a, b) => place(a).start - place(b).start || place(b).end - place(a).end);
}
