// Checks the quotations of a pasted text. Knows nothing of how they are judged or shown.

import { useState } from "react";
import { attributions } from "../api/services";
import type { AttributionReport } from "../api/types";
import { tell } from "../state/status";
import { directionOf } from "../text/direction";
import { Fault } from "../ui/Fault";
import { useWords } from "../words/words";
import { useAsked } from "./asking";
import { Findings } from "./Findings";
import { Panel } from "./Panel";

interface Checked {
  readonly text: string;
  readonly report: AttributionReport;
}

export default function Check() {
  const words = useWords();
  const [text, setText] = useState("");
  const asked = useAsked<Checked>();
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    tell(words.checking);
    asked.ask(async () => ({ text, report: await attributions(text) }), words.checked);
  };
  return (
    <Panel says={words.checkSays}>
      <form onSubmit={submit}>
        <label className="field">
          <span>{words.pasted}</span>
          <textarea
            rows={7}
            required
            maxLength={100_000}
            dir={directionOf(text) ?? undefined}
            placeholder={words.pastedHint}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <div className="buttons">
          <button className="primary" disabled={asked.busy || !text.trim()}>
            {words.checkIt}
          </button>
          <button type="button" onClick={() => setText(words.checkExample)}>
            {words.tryExample}
          </button>
        </div>
      </form>
      <Fault text={asked.fault} />
      {asked.answer && <Findings text={asked.answer.text} report={asked.answer.report} />}
    </Panel>
  );
}
