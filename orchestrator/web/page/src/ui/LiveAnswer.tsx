// The answer that is coming: the step it is at, and its words so far. Knows nothing of what is asked.

import { session } from "../chat/session";
import { usePreference } from "../state/preferences";
import { useStore } from "../state/store";
import { useWords } from "../words/words";
import { AnswerBody } from "./AnswerBody";

const NO_REFERENCES = [] as const;

export function LiveAnswer() {
  const words = useWords();
  const language = usePreference((value) => value.language);
  const live = useStore(session.store, (state) => state.live);
  if (!live) return null;
  const step = live.steps.at(-1)?.[language] ?? words.thinking;
  return (
    <article className="turn answered" aria-label={words.name} aria-busy="true">
      {!live.text && (
        <p className="step">
          <span className="pulse" aria-hidden="true" />
          {step}
        </p>
      )}
      <AnswerBody id="live" text={live.text} references={NO_REFERENCES} streaming />
    </article>
  );
}
