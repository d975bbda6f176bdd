// What was checked of an answer before it was shown, quotations and claims, in the answer's own words. Knows nothing of how it was checked.

import type { AnswerMetadata, Verdict } from "../api/types";
import { Points } from "../text/points";
import { kindOf } from "../text/verdicts";
import { useWords, wordFor, type Words } from "../words/words";

const SHOWN_LETTERS = 160;

export function Checked({ text, metadata }: { readonly text: string; readonly metadata: AnswerMetadata }) {
  const words = useWords();
  // A check of what the reader pasted says itself what it found, and its offsets are not those of the answer.
  if (metadata.routing?.route === "attribution") return null;
  const quotations = metadata.attribution?.quotes ?? metadata.quotations ?? [];
  const claims = (metadata.attribution?.claims ?? metadata.claims ?? []).filter((claim) => claim.verdict !== "not_checkworthy");
  return (
    <>
      {metadata.confident === false && <p className="small">{words.notSure}</p>}
      <Verdicts label={words.checkedQuotations} verdicts={quotations} text={text} words={words} />
      <Verdicts label={words.claims} verdicts={claims} text={text} words={words} />
    </>
  );
}

interface Props {
  readonly label: string;
  readonly verdicts: readonly Verdict[];
  readonly text: string;
  readonly words: Words;
}

function Verdicts({ label, verdicts, text, words }: Props) {
  if (!verdicts.length) return null;
  const points = new Points(text);
  return (
    <details className="checked">
      <summary>{label}</summary>
      <ul>
        {verdicts.map((each, index) => (
          <li key={index}>
            <bdi>
              <mark className={kindOf(each)}>{points.slice(each.start, Math.min(each.end, each.start + SHOWN_LETTERS))}</mark>
            </bdi>{" "}
            <strong>{said(each, words)}</strong>
            {each.citations?.[0] && (
              <blockquote className="small" dir="auto">
                {each.citations[0].quote}
              </blockquote>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

function said({ action, verdict, status }: Verdict, words: Words): string {
  if (action) return wordFor(words.actions, action);
  if (verdict) return wordFor(words.verdicts, verdict);
  return status ? wordFor(words.statuses, status) : "";
}
