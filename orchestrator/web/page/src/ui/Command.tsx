// A command for whoever runs the platform, to be copied. Knows nothing of what it does.

import { useWords } from "../words/words";
import { SignButton } from "./Button";
import { copy } from "./copying";

export function Command({ says, command }: { readonly says: string; readonly command: string }) {
  const words = useWords();
  return (
    <p className="remedy">
      <span className="small">{says}</span>
      <code dir="ltr">{command}</code>
      <SignButton icon="copy" label={words.copyCommand} onClick={() => void copy(command)} />
    </p>
  );
}
