// What one can do with an answer: copy it, have it again, say what one thinks of it. Knows nothing of what it says.

import { useState } from "react";
import { feedback } from "../api/services";
import { session } from "../chat/session";
import type { Turn, Turns } from "../chat/tree";
import { notify } from "../state/status";
import { useStore } from "../state/store";
import { useWords } from "../words/words";
import { Branches } from "./Branches";
import { SignButton } from "./Button";
import { copy } from "./copying";
import { Modal } from "./Modal";
import { OpinionForm } from "./OpinionForm";
import { ReadAloud } from "./ReadAloud";
import { saying } from "./saying";

export function AnswerTools({ turn, versions }: { readonly turn: Turn; readonly versions: Turns }) {
  const words = useWords();
  const busy = useStore(session.store, (state) => state.live !== null);
  const [asking, setAsking] = useState(false);
  const { answer, rating } = turn.metadata;
  const like = (): void => {
    void saying(async () => {
      await feedback({ id: answer!, rating: "up" });
      session.rate(turn, "up");
      notify(words.thanks);
    });
  };
  return (
    <div className="tools">
      <Branches turn={turn} versions={versions} />
      <SignButton icon="copy" label={words.copy} onClick={() => void copy(turn.content)} />
      {turn.content && <ReadAloud text={turn.content} />}
      <SignButton icon="again" label={words.regenerate} disabled={busy} onClick={() => void session.regenerate(turn)} />
      {answer && (
        <>
          <SignButton icon="up" label={words.good} aria-pressed={rating === "up"} onClick={like} />
          <SignButton icon="down" label={words.bad} aria-pressed={rating === "down"} onClick={() => setAsking(true)} />
        </>
      )}
      <Modal title={words.bad} open={asking} onOpenChange={setAsking}>
        <OpinionForm turn={turn} done={() => setAsking(false)} />
      </Modal>
    </div>
  );
}
