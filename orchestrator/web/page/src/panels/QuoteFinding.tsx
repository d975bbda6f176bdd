// A quotation of a text and, word by word, what is wrong with it. Knows nothing of how it was judged.

import "../style/passage.css";
import type { Difference, Quote } from "../api/types";
import { gradeSaid, standing } from "../chat/standing";
import { useManner } from "../state/preferences";
import { exactly, figure } from "../text/figures";
import type { Points } from "../text/points";
import { kindOf } from "../text/verdicts";
import { SignButton } from "../ui/Button";
import { copy } from "../ui/copying";
import { useWords, wordFor } from "../words/words";

export function QuoteFinding({ quote, number, points }: { readonly quote: Quote; readonly number: number; readonly points: Points }) {
  const words = useWords();
  const manner = useManner();
  const claim = quote.claimed_reference;
  const kind = kindOf(quote);
  return (
    <article className={`finding ${kind}`}>
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
      {kind !== "right" && quote.correction && (
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
        <p key={source.reference} className="small">
          <bdi>{exactly(standing(words.hadith, source.reference, words), manner)}</bdi> · {gradeSaid(source.grade, words)}
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
