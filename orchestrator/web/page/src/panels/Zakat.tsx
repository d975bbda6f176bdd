// The form of what is owned and owed. Knows no rule of zakat; the service does.

import { useState } from "react";
import type { School, ZakatAnswer, ZakatRequest } from "../api/calculations";
import { zakat } from "../api/services";
import { numberIn } from "../text/numerals";
import { Fault } from "../ui/Fault";
import { useWords } from "../words/words";
import { useAsked } from "./asking";
import { CurrencyField, NumberField, PickField, SchoolField } from "./fields";
import { Panel } from "./Panel";
import { ZakatResult } from "./ZakatResult";

const FIELDS = ["cash", "goods", "sharesOwned", "receivables", "owed", "gold", "karat", "silver", "goldPrice", "silverPrice"] as const;
type Field = (typeof FIELDS)[number];
type Filled = Readonly<Record<Field, string>>;
const EMPTY: Filled = { ...(Object.fromEntries(FIELDS.map((field) => [field, ""])) as Record<Field, string>), karat: "24" };

export default function Zakat() {
  const words = useWords();
  const [madhab, setMadhab] = useState<School>("hanafi");
  const [nisab, setNisab] = useState<"gold" | "silver">("silver");
  const [currency, setCurrency] = useState("");
  const [use, setUse] = useState("saved");
  const [since, setSince] = useState("");
  const [filled, setFilled] = useState<Filled>(EMPTY);
  const asked = useAsked<ZakatAnswer>();
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    const request = { madhab, nisab, currency: currency.trim(), ...(since ? { hawl: { since } } : {}), ...owned(filled, use) };
    asked.ask(() => zakat(request), words.calculated);
  };
  const field = (name: Field) => (
    <NumberField key={name} label={words[name]} value={filled[name]} onChange={(value) => setFilled((before) => ({ ...before, [name]: value }))} />
  );
  return (
    <Panel says={words.zakatSays}>
      <form onSubmit={submit}>
        <div className="fields narrow">
          <SchoolField value={madhab} onChange={setMadhab} />
          <PickField label={words.nisab} value={nisab} options={words.metals} onChange={setNisab} />
          <CurrencyField value={currency} onChange={setCurrency} />
          {(["goldPrice", "silverPrice"] as const).map(field)}
          <label className="field">
            <span>{words.since}</span>
            <input type="date" value={since} onChange={(event) => setSince(event.target.value)} />
          </label>
        </div>
        <div className="fields narrow">
          {(["cash", "goods", "sharesOwned", "receivables", "owed", "gold", "karat"] as const).map(field)}
          <PickField label={words.use} value={use} options={words.uses} onChange={setUse} />
          {field("silver")}
        </div>
        <div className="buttons">
          <button className="primary" disabled={asked.busy}>
            {words.calculate}
          </button>
        </div>
      </form>
      <Fault text={asked.fault} />
      {asked.answer && <ZakatResult answer={asked.answer} />}
    </Panel>
  );
}

function owned(filled: Filled, use: string): Partial<ZakatRequest> {
  const some = (field: Field): number | undefined => numberIn(filled[field]) || undefined;
  const { cash, goods, sharesOwned, receivables, owed, gold, silver, goldPrice, silverPrice } = Object.fromEntries(
    FIELDS.map((field) => [field, some(field)]),
  ) as Partial<Record<Field, number>>;
  return {
    prices: { ...(goldPrice ? { gold: goldPrice } : {}), ...(silverPrice ? { silver: silverPrice } : {}) },
    ...(cash ? { cash } : {}),
    ...(owed ? { debts: owed } : {}),
    ...(goods ? { trade_goods: [{ value: goods }] } : {}),
    ...(sharesOwned ? { shares: [{ value: sharesOwned }] } : {}),
    ...(receivables ? { receivables: [{ amount: receivables }] } : {}),
    ...(gold ? { gold: [{ grams: gold, karat: some("karat") ?? 24, use }] } : {}),
    ...(silver ? { silver: [{ grams: silver }] } : {}),
  };
}
