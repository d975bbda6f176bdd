// The settings: how the reader wants the page. Knows nothing of what they change.

import { useState } from "react";
import { prefer, type Preferences, usePreference } from "../state/preferences";
import { useWords } from "../words/words";
import { SignButton } from "./Button";
import { Modal } from "./Modal";

export function Settings() {
  const words = useWords();
  const [open, setOpen] = useState(false);
  return (
    <Modal title={words.settings} open={open} onOpenChange={setOpen} trigger={<SignButton icon="settings" label={words.settings} />}>
      <Choice name="language" legend={words.language} options={words.languages} />
      <Choice name="theme" legend={words.theme} options={words.themes} />
      <Choice name="digits" legend={words.digits} options={words.digitKinds} />
      <Choice name="calendar" legend={words.calendar} options={words.calendars} />
    </Modal>
  );
}

interface ChoiceProps<Name extends Exclude<keyof Preferences, "key">> {
  readonly name: Name;
  readonly legend: string;
  readonly options: Readonly<Record<Preferences[Name], string>>;
}

function Choice<Name extends Exclude<keyof Preferences, "key">>({ name, legend, options }: ChoiceProps<Name>) {
  const chosen = usePreference((value) => value[name]);
  return (
    <fieldset className="choice">
      <legend>{legend}</legend>
      {(Object.entries(options) as [Preferences[Name], string][]).map(([value, label]) => (
        <label key={value}>
          <input type="radio" name={name} checked={chosen === value} onChange={() => prefer({ [name]: value })} />
          <span>{label}</span>
        </label>
      ))}
    </fieldset>
  );
}
