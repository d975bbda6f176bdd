// Goes from one version of a turn to another. Knows nothing of what they say.

import { session } from "../chat/session";
import type { Turn, Turns } from "../chat/tree";
import { useManner } from "../state/preferences";
import { useStore } from "../state/store";
import { figure } from "../text/figures";
import { useWords } from "../words/words";
import { SignButton } from "./Button";

export function Branches({ turn, versions }: { readonly turn: Turn; readonly versions: Turns }) {
  const words = useWords();
  const manner = useManner();
  const busy = useStore(session.store, (state) => state.live !== null);
  if (versions.length < 2) return null;
  const at = versions.findIndex((each) => each.id === turn.id);
  const go = (step: number) => (): void => {
    const version = versions[at + step];
    if (version) session.choose(version);
  };
  return (
    <span className="branches" role="group" aria-label={words.branch(figure(at + 1, manner), figure(versions.length, manner))}>
      <SignButton icon="back" turns label={words.previous} disabled={busy || at === 0} onClick={go(-1)} />
      <span aria-hidden="true">
        {figure(at + 1, manner)}/{figure(versions.length, manner)}
      </span>
      <SignButton icon="forth" turns label={words.next} disabled={busy || at === versions.length - 1} onClick={go(1)} />
    </span>
  );
}
