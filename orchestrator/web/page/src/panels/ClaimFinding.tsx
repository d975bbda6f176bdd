// A claim of a text and what its sources say of it, in their words. Knows nothing of how it was judged.

import type { Claim } from "../api/types";
import { useManner } from "../state/preferences";
import { directionOf } from "../text/direction";
import { figure, percent } from "../text/figures";
import { kindOf } from "../text/verdicts";
import { useWords, wordFor } from "../words/words";

export function ClaimFinding({ claim, number }: { readonly claim: Claim; readonly number: number }) {
  const words = useWords();
  const manner = useManner();
  return (
    <article className={`finding ${kindOf(claim)}`}>
      <h3>
        <span className="number">{figure(number, manner)}</span>
        {wordFor(words.verdicts, claim.verdict)}
        <span className="small">
          {claim.method !== "none" && `${wordFor(words.methods, claim.method)} · `}
          {words.confidence} {percent(claim.score, manner)}
        </span>
      </h3>
      <p dir={directionOf(claim.text) ?? undefined}>{claim.text}</p>
      {claim.citations.map(({ source_id: source, start, quote }) => (
        <figure key={`${source} ${start}`} className="passage">
          <figcaption className="small">{words.source(figure(Number(source), manner))}</figcaption>
          <blockquote dir={directionOf(quote) ?? undefined}>{quote}</blockquote>
        </figure>
      ))}
      {claim.unsupported.map(({ start, end }) => (
        <p key={start} className="fault">
          {words.unsupported}: <bdi>{[...claim.text].slice(start - claim.start, end - claim.start).join("")}</bdi>
        </p>
      ))}
      {claim.markers.filter((marker) => marker.supported === false).map((marker) => (
        <p key={marker.start} className="fault">
          {words.wrongMarker}: <bdi>{marker.text}</bdi>
        </p>
      ))}
    </article>
  );
}
