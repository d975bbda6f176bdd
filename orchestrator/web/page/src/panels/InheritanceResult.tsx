// A divided estate: the table of shares, who is blocked, and the proof step by step. Knows no rule of inheritance.

import type { InheritanceAnswer, Rule, Share } from "../api/calculations";
import { useManner } from "../state/preferences";
import { exactly, figure } from "../text/figures";
import { Told } from "../ui/Told";
import { useWords } from "../words/words";
import { useReckoned } from "./fields";

export function InheritanceResult({ answer, currency }: { readonly answer: InheritanceAnswer; readonly currency: string }) {
  const words = useWords();
  const manner = useManner();
  const said = useReckoned();
  const priced = answer.shares.some((share) => share.amount !== undefined && share.amount !== null);
  return (
    <section className="result">
      <h2>{words.shareTable}</h2>
      <div className="wide-table" tabIndex={0} role="region" aria-label={words.shareTable}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.heir}</th>
              <th scope="col">{words.share_}</th>
              <th scope="col">{words.lots}</th>
              <th scope="col">{words.each}</th>
              {priced && <th scope="col">{words.amount}</th>}
              <th scope="col">{words.rule}</th>
            </tr>
          </thead>
          <tbody>
            {answer.shares.map((share) => (
              <Row key={share.heir} share={share} base={answer.corrected_base} priced={priced} currency={currency} />
            ))}
          </tbody>
        </table>
      </div>
      {answer.blocked.length > 0 && (
        <p>
          <strong>{words.blocked}:</strong> {answer.blocked.map((each) => said(each.name)).join(manner.language === "ar" ? "، " : ", ")}
        </p>
      )}
      <h3>{words.proof}</h3>
      <ol className="proof">
        {answer.trace.map((step, index) => (
          <li key={index}>
            <Step step={step} />
          </li>
        ))}
      </ol>
      <Notes notes={answer.notes.map(said)} />
    </section>
  );
}

interface RowProps {
  readonly share: Share;
  readonly base: number;
  readonly priced: boolean;
  readonly currency: string;
}

function Row({ share, base, priced, currency }: RowProps) {
  const manner = useManner();
  const said = useReckoned();
  return (
    <tr>
      <th scope="row">
        {said(share.name)}
        {share.count > 1 && <span className="times"> <bdi>×{figure(share.count, manner)}</bdi></span>}
      </th>
      <td>
        <bdi dir="ltr">{exactly(share.fraction, manner)}</bdi>
      </td>
      <td>
        <bdi dir="ltr">
          {figure(share.lots, manner)}/{figure(base, manner)}
        </bdi>
      </td>
      <td>
        <bdi dir="ltr">{exactly(share.each, manner)}</bdi>
      </td>
      {priced && (
        <td>
          <bdi>{figure(share.amount ?? 0, manner, { minimumFractionDigits: 2 })}</bdi> {currency}
        </td>
      )}
      <td className="rule">
        {said(share.rule)}
        {share.rule.source && <span className="small"> [{said(share.rule.source)}]</span>}
      </td>
    </tr>
  );
}

function Step({ step }: { readonly step: Rule }) {
  const said = useReckoned();
  return (
    <>
      {said(step)}
      {step.source && <span className="small"> [{said(step.source)}]</span>}
    </>
  );
}

export function Notes({ notes }: { readonly notes: readonly string[] }) {
  const words = useWords();
  if (!notes.length) return null;
  return (
    <>
      <h3>{words.notes}</h3>
      <ul className="notes">
        {notes.map((note) => (
          <li key={note}>
            <Told text={note} />
          </li>
        ))}
      </ul>
    </>
  );
}
