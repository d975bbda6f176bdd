// What a text quotes: the text with each quotation marked, and word by word what is wrong with it. Knows nothing of how it was judged.

import "../style/verse.css";
import type { AttributionReport, Difference, Quote } from "../api/types";
import { useManner } from "../state/preferences";
import { directionOf } from "../text/direction";
import { exactly, figure } from "../text/figures";
import { Points } from "../text/points";
import { SignButton } from "../ui/Button";
import { copy } from "../ui/copying";
import { useWords, wordFor } from "../words/words";

const FAITHFUL = new Set(["exact", "exact_undiacritised", "orthographic_variant"]);
const mark = (quote: Quote): string => (FAITHFUL.has(quote.status) ? "right" : quote.status === "partial" ? "doubtful" : "wrong");

export function Findings({ text, report }: { readonly text: string; readonly report: AttributionReport }) {
  const words = useWords();
  const points = new Points(text);
  if (!report.quotes.length) return <p className="lead">{words.nothingFound}</p>;
  return (
    <section className="findings">
      <h2>{words.markedText}</h2>
      <Marked text={text} points={points} quotes={report.quotes} />
      {report.quotes.map((quote, index) => (
        <Finding key={index} quote={quote} number={index + 1} points={points} />
      ))}
    </section>
  );
}

function Marked({ text, points, quotes }: { readonly text: string; readonly points: Points; readonly quotes: readonly Quote[] }) {
  const manner = useManner();
  const starts = quotes.map((quote) => quote.start);
  return (
    <p className="marked" dir={directionOf(text) ?? undefined}>
      {quotes.map((quote, index) => (
        <span key={quote.start}>
          {points.slice(index ? quotes[index - 1]!.end : 0, Math.max(quote.start, index ? quotes[index - 1]!.end : 0))}
          <mark className={mark(quote)}>
            {points.slice(quote.start, Math.min(quote.end, starts[index + 1] ?? quote.end))}
            <sup>{figure(index + 1, manner)}</sup>
          </mark>
        </span>
      ))}
      {points.slice(quotes.at(-1)!.end)}
    </p>
  );
}

function Finding({ quote, number, points }: { readonly quote: Quote; readonly number: number; readonly points: Points }) {
  const words = useWords();
  const manner = useManner();
  const claim = quote.claimed_reference;
  const wrong = !FAITHFUL.has(quote.status);
  return (
    <article className={`finding ${mark(quote)}`}>
      <h3>
        <span className="number">{figure(number, manner)}</span>
        {wordFor(words.statuses, quote.status)}
      </h3>
      <p className="quran" lang="ar" dir="rtl">
        {compared(points, quote)}
      </p>
      {quote.differences.length > 0 && (
        <ul>
          {quote.differences.map((each) => (
            <Said key={`${each.start}${each.operation}`} difference={each} />
          ))}
        </ul>
      )}
      {wrong && quote.correction && (
        <>
          <h4>{words.rightText}</h4>
          <p className="quran" lang="ar" dir="rtl" data-correction="">
            {quote.correction}
          </p>
        </>
      )}
      <p className="place">
        {quote.reference && (
          <>
            <span>{words.placeOf}:</span> <bdi>{exactly(quote.occurrences.length ? quote.occurrences.join(" · ") : quote.reference, manner)}</bdi>
          </>
        )}
        {!quote.reference && quote.nearest && (
          <>
            <span>{words.nearest}:</span> <bdi>{exactly(quote.nearest, manner)}</bdi>
          </>
        )}
        <span className="gap" />
        {quote.correction && (
          <SignButton icon="copy" label={words.copyWithSource} onClick={() => void copy(`${quote.correction}\n[${quote.reference ?? ""}]`)} />
        )}
      </p>
      {quote.sources.map((source) => (
        <p key={source.reference} className="small" dir="auto">
          {source.reference} · {words.grade}: {source.grade === "unstated" ? words.gradeUnstated : source.grade}
        </p>
      ))}
      {claim?.correct === false && (
        <p className="fault">
          {words.wrongReference}: <bdi>{claim.text}</bdi>
        </p>
      )}
    </article>
  );
}

function compared(points: Points, quote: Quote) {
  const pieces: React.ReactNode[] = [];
  let at = quote.start;
  for (const each of [...quote.differences].sort((a, b) => a.start - b.start)) {
    if (each.start < at) continue;
    pieces.push(points.slice(at, each.start));
    if (each.found) pieces.push(<del key={`d${each.start}`}>{points.slice(each.start, each.end)}</del>);
    if (each.expected) pieces.push(" ", <ins key={`i${each.start}`}>{each.expected}</ins>, " ");
    at = each.end;
  }
  return [...pieces, points.slice(at, quote.end)];
}

function Said({ difference: { found, expected } }: { readonly difference: Difference }) {
  const words = useWords();
  const word = (text: string) => <bdi lang="ar">«{text}»</bdi>;
  if (!expected) return <li>{word(found)} {words.surplus}</li>;
  if (!found) return <li>{word(expected)} {words.lacking}</li>;
  return (
    <li>
      {word(found)} {words.instead} {word(expected)}
    </li>
  );
}
