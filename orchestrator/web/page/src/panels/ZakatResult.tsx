// A reckoning of zakat, line by line, each with its rule. Knows no rule.

import type { Quantity, ZakatAnswer, ZakatLine } from "../api/calculations";
import { useManner } from "../state/preferences";
import { exactly } from "../text/figures";
import { useWords, wordFor } from "../words/words";
import { useReckoned } from "./fields";
import { Notes } from "./InheritanceResult";

export function ZakatResult({ answer }: { readonly answer: ZakatAnswer }) {
  const words = useWords();
  const said = useReckoned();
  const currency = answer.currency ?? "";
  return (
    <section className="result">
      <p className="total">
        <span>{answer.total.length ? words.totalDue : words.nothingDue}</span>{" "}
        {answer.total.map((quantity, index) => (
          <strong key={index}>
            <Amount quantity={quantity} currency={currency} />
          </strong>
        ))}
      </p>
      <h2>{words.zakatTable}</h2>
      <div className="wide-table" tabIndex={0} role="region" aria-label={words.zakatTable}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.item}</th>
              <th scope="col">{words.base}</th>
              <th scope="col">{words.status}</th>
              <th scope="col">{words.due}</th>
              <th scope="col">{words.rule}</th>
            </tr>
          </thead>
          <tbody>
            {answer.lines.map((line) => (
              <Row key={line.item} line={line} currency={currency} />
            ))}
          </tbody>
        </table>
      </div>
      <Notes notes={answer.notes.map(said)} />
    </section>
  );
}

function Row({ line, currency }: { readonly line: ZakatLine; readonly currency: string }) {
  const words = useWords();
  const said = useReckoned();
  return (
    <tr>
      <th scope="row">{said(line.name)}</th>
      <td>{line.base && <Amount quantity={line.base} currency={currency} />}</td>
      <td>{wordFor(words.zakatStatuses, line.status)}</td>
      <td>
        {line.due.map((choice, index) => (
          <span key={index}>
            {choice.map((quantity, at) => (
              <Amount key={at} quantity={quantity} currency={currency} />
            ))}
          </span>
        ))}
      </td>
      <td className="rule">
        {said(line.rule)}
        {line.rule.source && <span className="small"> [{said(line.rule.source)}]</span>}
      </td>
    </tr>
  );
}

function Amount({ quantity, currency }: { readonly quantity: Quantity; readonly currency: string }) {
  const manner = useManner();
  const said = useReckoned();
  const unit = quantity.unit === "money" ? currency : said(quantity.name) || quantity.unit;
  return (
    <>
      <bdi dir="ltr">{exactly(quantity.amount, manner)}</bdi> {unit}
    </>
  );
}
