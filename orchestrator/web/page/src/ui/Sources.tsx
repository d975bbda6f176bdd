// Where an answer comes from: one card a source. Knows nothing of where the answer names them.

import type { Reference } from "../api/types";
import { SourceCard } from "../cards/SourceCard";
import { useManner } from "../state/preferences";
import { figure } from "../text/figures";
import { useWords } from "../words/words";
import { sourceId } from "./citing";

export function Sources({ id, references }: { readonly id: string; readonly references: readonly Reference[] }) {
  const words = useWords();
  const manner = useManner();
  if (!references.length) return null;
  return (
    <details className="sources">
      <summary>
        {words.sources} <span className="count">{figure(references.length, manner)}</span>
      </summary>
      <ol>
        {references.map((reference) => (
          <li key={reference.number} id={sourceId(id, reference.number)} tabIndex={-1}>
            <SourceCard reference={reference} />
          </li>
        ))}
      </ol>
    </details>
  );
}
