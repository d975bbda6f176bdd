// Checks a pasted text: its quotations, and its claims against sources where some are given. Knows nothing of how they are judged or shown.

import { useState } from "react";
import { attributions } from "../api/services";
import type { AttributionReport } from "../api/types";
import { tell } from "../state/status";
import { Fault } from "../ui/Fault";
import { useWords } from "../words/words";
import { useAsked } from "./asking";
import { TextField } from "./fields";
import { Findings } from "./Findings";
import { Panel } from "./Panel";
import { SourceFields } from "./SourceFields";

interface Checked {
  readonly text: string;
  readonly report: AttributionReport;
}

export default function Check() {
  const words = useWords();
  const [text, setText] = useState("");
  const [sources, setSources] = useState<readonly string[]>([]);
  const asked = useAsked<Checked>();
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    tell(words.checking);
    const given = sources.map((source) => source.trim()).filter(Boolean);
    asked.ask(async () => ({ text, report: await attributions(text, given) }), words.checked);
  };
  const example = (): void => {
    setText(words.checkExample);
    setSources(words.checkSources);
  };
  return (
    <Panel says={words.checkSays}>
      <form onSubmit={submit}>
        <TextField required label={words.pasted} value={text} rows={7} placeholder={words.pastedHint} onChange={setText} />
        <SourceFields sources={sources} onChange={setSources} />
        <div className="buttons">
          <button className="primary" disabled={asked.busy || !text.trim()}>
            {words.checkIt}
          </button>
          <button type="button" onClick={example}>
            {words.tryExample}
          </button>
        </div>
      </form>
      <Fault text={asked.fault} />
      {asked.answer && <Findings text={asked.answer.text} report={asked.answer.report} />}
    </Panel>
  );
}
