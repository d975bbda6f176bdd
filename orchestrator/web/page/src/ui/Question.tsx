// What the reader asked, and asking it in other words. Knows nothing of the answer.

import { memo, useState } from "react";
import { session } from "../chat/session";
import type { Turn, Turns } from "../chat/tree";
import { useStore } from "../state/store";
import { directionOf } from "../text/direction";
import { useWords } from "../words/words";
import { Branches } from "./Branches";
import { SignButton } from "./Button";
import { copy } from "./copying";
import { Icon } from "./Icon";

interface Props {
  readonly turn: Turn;
  readonly versions: Turns;
}

export const Question = memo(function Question({ turn, versions }: Props) {
  const words = useWords();
  const [editing, setEditing] = useState(false);
  const busy = useStore(session.store, (state) => state.live !== null);
  return (
    <article className="turn asked" aria-label={words.you}>
      {editing ? <EditForm turn={turn} done={() => setEditing(false)} /> : <Said turn={turn} />}
      {!editing && (
        <div className="tools">
          <Branches turn={turn} versions={versions} />
          <SignButton icon="edit" label={words.edit} disabled={busy} onClick={() => setEditing(true)} />
          <SignButton icon="copy" label={words.copy} onClick={() => void copy(turn.content)} />
        </div>
      )}
    </article>
  );
}, same);

function same(before: Props, after: Props): boolean {
  const alike = before.versions.length === after.versions.length && before.versions.every((each, at) => each.id === after.versions[at]?.id);
  return alike && before.turn === after.turn;
}

function Said({ turn }: { readonly turn: Turn }) {
  const words = useWords();
  const { files = [], pictures = 0 } = turn.metadata;
  return (
    <div className="bubble">
      {turn.content.split("\n").map((line, index) => (
        <p key={index} dir={directionOf(line) ?? undefined}>
          {line || "\u00a0"}
        </p>
      ))}
      {(files.length > 0 || pictures > 0) && (
        <ul className="attachments">
          {files.map(({ id, name }) => (
            <li key={id}>
              <Icon name="file" />
              <bdi>{name}</bdi>
            </li>
          ))}
          {pictures > 0 && <li>{words.pictures(pictures)}</li>}
        </ul>
      )}
    </div>
  );
}

function EditForm({ turn, done }: { readonly turn: Turn; readonly done: () => void }) {
  const words = useWords();
  const [text, setText] = useState(turn.content);
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    done();
    if (text.trim() !== turn.content) void session.edit(turn, text);
  };
  return (
    <form className="editing" onSubmit={submit} onKeyDown={(event) => event.key === "Escape" && (event.preventDefault(), done())}>
      <textarea
        autoFocus
        rows={3}
        required
        maxLength={20_000}
        aria-label={words.edit}
        dir={directionOf(text) ?? undefined}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="buttons">
        <button className="primary">{words.ask}</button>
        <button type="button" onClick={done}>
          {words.cancel}
        </button>
      </div>
    </form>
  );
}
