// The sources that a text is held against: as many as one likes, each pasted or named by its address. Knows nothing of the text.

import { SignButton } from "../ui/Button";
import { Icon } from "../ui/Icon";
import { useManner } from "../state/preferences";
import { figure } from "../text/figures";
import { useWords } from "../words/words";
import { TextField } from "./fields";

const MOST = 20;

interface Props {
  readonly sources: readonly string[];
  readonly onChange: (sources: readonly string[]) => void;
}

export function SourceFields({ sources, onChange }: Props) {
  const words = useWords();
  const manner = useManner();
  return (
    <fieldset>
      <legend>{words.claimSources}</legend>
      <p className="small">{words.claimSourcesSay}</p>
      {sources.map((source, index) => (
        <div key={index} className="source">
          <TextField
            label={words.source(figure(index + 1, manner))}
            value={source}
            rows={3}
            placeholder={words.claimSourceHint}
            onChange={(value) => onChange(sources.with(index, value))}
          />
          <SignButton
            icon="close"
            label={words.detach(words.source(figure(index + 1, manner)))}
            onClick={() => onChange(sources.toSpliced(index, 1))}
          />
        </div>
      ))}
      {sources.length < MOST && (
        <button type="button" onClick={() => onChange([...sources, ""])}>
          <Icon name="plus" />
          {words.addClaimSource}
        </button>
      )}
    </fieldset>
  );
}
