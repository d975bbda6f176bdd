// The form of an estate to divide. Knows no rule of inheritance; the service does.

import { useState } from "react";
import type { InheritanceAnswer, InheritanceRequest, School } from "../api/calculations";
import { inheritance } from "../api/services";
import { numberIn } from "../text/numerals";
import { Fault } from "../ui/Fault";
import { useWords } from "../words/words";
import { useAsked } from "./asking";
import { CurrencyField, NumberField, PickField, SchoolField } from "./fields";
import { InheritanceResult } from "./InheritanceResult";
import { Panel } from "./Panel";

const NEAREST = 8;
type Sex = "male" | "female";

export default function Inheritance() {
  const words = useWords();
  const [deceased, setDeceased] = useState<Sex>("male");
  const [madhab, setMadhab] = useState<School>("shafii");
  const [heirs, setHeirs] = useState<Readonly<Record<string, string>>>({});
  const [money, setMoney] = useState<Readonly<Record<string, string>>>({});
  const [currency, setCurrency] = useState("");
  const asked = useAsked<InheritanceAnswer>();
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    const alive = counted(heirs, deceased);
    if (!Object.keys(alive).length) {
      asked.refuse(words.noHeirs);
      return;
    }
    const request: InheritanceRequest = { deceased, madhab, heirs: alive, currency: currency.trim(), ...amounts(money) };
    asked.ask(() => inheritance(request), words.calculated);
  };
  const names = Object.keys(words.heirNames).filter((name) => name !== (deceased === "male" ? "husband" : "wife"));
  const field = (name: string) => (
    <NumberField
      key={name}
      whole
      label={words.heirNames[name] ?? name}
      value={heirs[name] ?? ""}
      onChange={(value) => setHeirs((before) => ({ ...before, [name]: value }))}
    />
  );
  const amount = (name: string, label: string) => (
    <NumberField label={label} value={money[name] ?? ""} onChange={(value) => setMoney((before) => ({ ...before, [name]: value }))} />
  );
  return (
    <Panel says={words.notFatwa}>
      <form onSubmit={submit}>
        <div className="fields">
          <PickField label={words.deceased} value={deceased} options={{ male: words.male, female: words.female }} onChange={setDeceased} />
          <SchoolField value={madhab} onChange={setMadhab} />
        </div>
        <fieldset>
          <legend>{words.heirs}</legend>
          <p className="small">{words.heirsSays}</p>
          <div className="fields narrow">{names.slice(0, NEAREST).map(field)}</div>
          <details>
            <summary>{words.moreHeirs}</summary>
            <div className="fields narrow">{names.slice(NEAREST).map(field)}</div>
          </details>
        </fieldset>
        <fieldset>
          <legend>{words.estate}</legend>
          <div className="fields narrow">
            {amount("estate", words.value)}
            <CurrencyField value={currency} onChange={setCurrency} />
            {amount("debts", words.debts)}
            {amount("funeral", words.funeral)}
            {amount("bequests", words.bequests)}
          </div>
        </fieldset>
        <div className="buttons">
          <button className="primary" disabled={asked.busy}>
            {words.calculate}
          </button>
        </div>
      </form>
      <Fault text={asked.fault} />
      {asked.answer && <InheritanceResult answer={asked.answer} currency={currency.trim()} />}
    </Panel>
  );
}

function counted(heirs: Readonly<Record<string, string>>, deceased: Sex): Record<string, number> {
  const absent = deceased === "male" ? "husband" : "wife";
  const entries = Object.entries(heirs).map(([name, value]) => [name, numberIn(value) ?? 0] as const);
  return Object.fromEntries(entries.filter(([name, count]) => count > 0 && name !== absent));
}

const amounts = (money: Readonly<Record<string, string>>): Record<string, number> =>
  Object.fromEntries(Object.entries(money).flatMap(([name, value]) => (numberIn(value) === null ? [] : [[name, numberIn(value)!]])));
