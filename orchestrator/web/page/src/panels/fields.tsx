// The fields of the calculators' forms. Knows nothing of what is calculated.

import { SCHOOLS, type School } from "../api/calculations";
import type { Bilingual } from "../api/types";
import { useManner } from "../state/preferences";
import { directionOf } from "../text/direction";
import { exactly } from "../text/figures";
import { numberIn } from "../text/numerals";
import { useWords } from "../words/words";

interface NumberProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly whole?: boolean;
}

export function NumberField({ label, value, onChange, whole = false }: NumberProps) {
  return (
    <label className="field">
      <span>{label}</span>
      <input
        inputMode={whole ? "numeric" : "decimal"}
        autoComplete="off"
        maxLength={18}
        dir="ltr"
        value={value}
        aria-invalid={value.trim() !== "" && numberIn(value) === null}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly rows: number;
  readonly placeholder: string;
  readonly onChange: (value: string) => void;
  readonly required?: boolean;
}

/** A long text, which runs as its own letters do. */
export function TextField({ label, value, rows, placeholder, onChange, required = false }: TextProps) {
  return (
    <label className="field">
      <span>{label}</span>
      <textarea
        rows={rows}
        required={required}
        maxLength={100_000}
        dir={directionOf(value) ?? undefined}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}

interface PickProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: Readonly<Record<string, string>>;
  readonly onChange: (value: T) => void;
}

export function PickField<T extends string>({ label, value, options, onChange }: PickProps<T>) {
  return (
    <label className="field">
      <span>{label}</span>
      <select value={value} onChange={(event) => onChange(event.target.value as T)}>
        {Object.entries(options).map(([name, said]) => (
          <option key={name} value={name}>
            {said}
          </option>
        ))}
      </select>
    </label>
  );
}

export function SchoolField({ value, onChange }: { readonly value: School; readonly onChange: (value: School) => void }) {
  const words = useWords();
  const options = Object.fromEntries(SCHOOLS.map((school) => [school, words.schools[school] ?? school]));
  return <PickField label={words.school} value={value} options={options} onChange={onChange} />;
}

export function CurrencyField({ value, onChange }: { readonly value: string; readonly onChange: (value: string) => void }) {
  const words = useWords();
  return (
    <label className="field">
      <span>{words.currency}</span>
      <input maxLength={16} dir="auto" value={value} placeholder={words.currencyHint} onChange={(event) => onChange(event.target.value)} />
    </label>
  );
}

/** A text of the service in the reader's language. */
export function useSaid(): (text: Bilingual) => string {
  const { language } = useManner();
  return (text) => text[language];
}

/** The same, its digits as the reader wants them. */
export function useReckoned(): (text: Bilingual) => string {
  const manner = useManner();
  return (text) => exactly(text[manner.language], manner);
}
