// Says what was wrong with an answer. The question goes with it only where the reader says so. Knows nothing of what is done with it.

import { useState } from "react";
import { feedback } from "../api/services";
import { session } from "../chat/session";
import type { Turn } from "../chat/tree";
import { notify } from "../state/status";
import { useWords } from "../words/words";
import { saying } from "./saying";

export function OpinionForm({ turn, done }: { readonly turn: Turn; readonly done: () => void }) {
  const words = useWords();
  const [comment, setComment] = useState("");
  const [route, setRoute] = useState("");
  const [sharing, setSharing] = useState(false);
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    const question = session.store.get().turns.find((each) => each.id === turn.parent)?.content;
    void saying(async () => {
      await feedback({
        id: turn.metadata.answer!,
        rating: "down",
        ...(comment.trim() ? { comment: comment.trim() } : {}),
        ...(route ? { route } : {}),
        ...(sharing && question ? { prompt: question.slice(0, 8000) } : {}),
      });
      session.rate(turn, "down");
      notify(words.thanks);
    }).then(done);
  };
  return (
    <form onSubmit={submit}>
      <label>
        <span>{words.whatWasWrong}</span>
        <textarea rows={3} maxLength={2000} dir="auto" value={comment} onChange={(event) => setComment(event.target.value)} />
      </label>
      <label>
        <span>{words.shouldHaveGone}</span>
        <select value={route} onChange={(event) => setRoute(event.target.value)}>
          <option value="">{words.asItWent}</option>
          {Object.entries(words.routes).map(([name, label]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label className="tick">
        <input type="checkbox" checked={sharing} onChange={(event) => setSharing(event.target.checked)} />
        <span>{words.withQuestion}</span>
      </label>
      <div className="buttons">
        <button className="primary">{words.sendOpinion}</button>
      </div>
    </form>
  );
}
