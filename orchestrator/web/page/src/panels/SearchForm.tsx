// A line to say what is sought, and what else narrows it. Knows nothing of what is searched.

import type { ReactNode } from "react";
import { directionOf } from "../text/direction";
import { useWords } from "../words/words";

interface Props {
  readonly label: string;
  readonly value: string;
  readonly busy: boolean;
  readonly onChange: (value: string) => void;
  readonly onSearch: (sought: string) => void;
  readonly required?: boolean;
  readonly maxLength?: number;
  readonly children?: ReactNode;
}

export function SearchForm({ label, value, busy, onChange, onSearch, required = false, maxLength = 4000, children }: Props) {
  const words = useWords();
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    onSearch(value.trim());
  };
  return (
    <form role="search" className="inline" onSubmit={submit}>
      <input
        type="search"
        required={required}
        maxLength={maxLength}
        dir={directionOf(value) ?? undefined}
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      {children}
      <button className="primary" disabled={busy || (required && !value.trim())}>
        {words.find}
      </button>
    </form>
  );
}
