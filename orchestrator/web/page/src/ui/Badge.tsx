// Where a question went, how sure that is, why, and by which steps. Knows nothing of the answer's words.

import type { Turn } from "../chat/tree";
import { useManner } from "../state/preferences";
import { percent } from "../text/figures";
import { useWords, wordFor } from "../words/words";

export function Badge({ turn }: { readonly turn: Turn }) {
  const words = useWords();
  const manner = useManner();
  const { metadata, steps = [] } = turn.metadata;
  const routing = metadata?.routing;
  if (!routing) return null;
  return (
    <details className="badge">
      <summary>
        <span>{wordFor(words.routes, routing.route)}</span>
        <span className="small">{words.why}</span>
      </summary>
      <dl>
        <dt>{words.confidence}</dt>
        <dd>{percent(routing.confidence, manner)}</dd>
        <dt>{words.answeredBy}</dt>
        <dd>
          <bdi dir="ltr">{routing.answered_by}</bdi>
        </dd>
        <dt>{words.why}</dt>
        {routing.reasons.map((reason) => (
          <dd key={reason}>
            <bdi dir="ltr">{reason}</bdi>
          </dd>
        ))}
        {steps.length > 0 && <dt>{words.steps}</dt>}
        {steps.map((step) => (
          <dd key={step.en}>{step[manner.language]}</dd>
        ))}
      </dl>
    </details>
  );
}
