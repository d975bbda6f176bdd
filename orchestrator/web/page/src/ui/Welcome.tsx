// Before the first question: what one may ask, and what is not installed yet. Knows nothing of how it is installed.

import { useEffect, useState } from "react";
import { ServiceError } from "../api/client";
import { capabilities } from "../api/services";
import { session } from "../chat/session";
import { useManner } from "../state/preferences";
import { figure } from "../text/figures";
import { useWords } from "../words/words";
import { Icon } from "./Icon";

export function Welcome() {
  const words = useWords();
  const manner = useManner();
  const missing = useMissing();
  return (
    <section className="welcome" aria-label={words.welcome}>
      <img src="icon.svg" alt="" width="56" height="56" />
      <h2>{words.welcome}</h2>
      <p>{words.motto}</p>
      <ul className="examples" aria-label={words.examplesLabel}>
        {words.examples.map((example) => (
          <li key={example}>
            <button type="button" dir="auto" onClick={() => void session.ask(example)}>
              {example}
            </button>
          </li>
        ))}
      </ul>
      {missing > 0 && (
        <a className="missing" href="#/installed">
          <Icon name="installed" />
          {words.someMissing(figure(missing, manner))}
        </a>
      )}
    </section>
  );
}

function useMissing(): number {
  const [missing, setMissing] = useState(0);
  useEffect(() => {
    capabilities().then(
      (found) => setMissing(found.filter((each) => !each.available).length),
      (cause: unknown) => {
        if (!(cause instanceof ServiceError)) throw cause;
      },
    );
  }, []);
  return missing;
}
