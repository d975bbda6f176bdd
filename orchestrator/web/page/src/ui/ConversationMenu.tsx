// What can be done with the conversation as a whole. Knows nothing of its turns but how to write them out.

import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import { change, remove } from "../api/conversations";
import { download, markdown } from "../chat/export";
import { session } from "../chat/session";
import { path } from "../chat/tree";
import { useStore } from "../state/store";
import { useWords, wordsNow } from "../words/words";
import { SignButton } from "./Button";
import { Modal } from "./Modal";
import { saying } from "./saying";
import { ShareForm } from "./ShareForm";

export function ConversationMenu() {
  const words = useWords();
  const id = useStore(session.store, (state) => state.id);
  const empty = useStore(session.store, (state) => !state.turns.length);
  const [asked, setAsked] = useState<"rename" | "share" | "remove" | null>(null);
  if (empty) return null;
  const close = (): void => setAsked(null);
  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger asChild>
          <SignButton icon="more" label={words.conversationActions} />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content className="menu" align="end">
            <DropdownMenu.Item onSelect={saveMarkdown}>{words.exportMarkdown}</DropdownMenu.Item>
            <DropdownMenu.Item onSelect={() => setTimeout(() => print())}>{words.print}</DropdownMenu.Item>
            {id && (
              <>
                <DropdownMenu.Item onSelect={() => setAsked("share")}>{words.share}</DropdownMenu.Item>
                <DropdownMenu.Item onSelect={() => setAsked("rename")}>{words.rename}</DropdownMenu.Item>
                <DropdownMenu.Item onSelect={() => setAsked("remove")}>{words.remove}</DropdownMenu.Item>
              </>
            )}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <Modal title={words.rename} open={asked === "rename"} onOpenChange={close}>
        <RenameForm id={id ?? ""} done={close} />
      </Modal>
      <Modal title={words.share} open={asked === "share"} onOpenChange={close}>
        <ShareForm id={id ?? ""} />
      </Modal>
      <Modal title={words.remove} open={asked === "remove"} onOpenChange={close}>
        <p>{words.removeAsked}</p>
        <div className="buttons">
          <button type="button" className="danger" onClick={() => void removed(id ?? "").then(close)}>
            {words.remove}
          </button>
          <button type="button" onClick={close}>
            {words.cancel}
          </button>
        </div>
      </Modal>
    </>
  );
}

function RenameForm({ id, done }: { readonly id: string; readonly done: () => void }) {
  const words = useWords();
  const [title, setTitle] = useState(session.store.get().title ?? "");
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    void saying(async () => {
      await change(id, { title: title.trim() });
      session.named(title.trim());
    }).then(done);
  };
  return (
    <form onSubmit={submit}>
      <label>
        <span>{words.title}</span>
        <input dir="auto" maxLength={200} required value={title} onChange={(event) => setTitle(event.target.value)} />
      </label>
      <div className="buttons">
        <button className="primary">{words.save}</button>
      </div>
    </form>
  );
}

const removed = (id: string): Promise<void> =>
  saying(async () => {
    await remove(id);
    session.fresh();
    location.hash = "#/";
  });

function saveMarkdown(): void {
  const { title, turns, leaf } = session.store.get();
  const name = title ?? wordsNow().fresh;
  download(`${name.replace(/[^\p{L}\p{N} _-]/gu, "").trim() || "fanar"}.md`, markdown(name, path(turns, leaf), wordsNow()));
}
