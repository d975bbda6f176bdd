// The bar above: the menu where there is no room for it, what one is looking at, language and settings.
// Knows nothing of what the menu holds.

import { Dialog } from "radix-ui";
import { useEffect, useState } from "react";
import { session } from "../chat/session";
import { type View, useHash } from "../state/place";
import { prefer, usePreference } from "../state/preferences";
import { useStore } from "../state/store";
import { useWords } from "../words/words";
import { SignButton } from "./Button";
import { ConversationMenu } from "./ConversationMenu";
import { Settings } from "./Settings";
import { Sidebar } from "./Sidebar";

export function Topbar({ view }: { readonly view: View }) {
  const words = useWords();
  const language = usePreference((value) => value.language);
  const title = useStore(session.store, (state) => state.title);
  const other = language === "ar" ? "en" : "ar";
  const heading = view === "shared" ? words.sharedView : view === "chat" ? (title ?? words.fresh) : words.views[view];
  return (
    <header className="topbar">
      <Drawer view={view} />
      <h1 dir="auto">{heading}</h1>
      {view === "chat" && <ConversationMenu />}
      <button type="button" className="quiet" lang={other} aria-label={words.switchLanguage} onClick={() => prefer({ language: other })}>
        {words.otherLanguage}
      </button>
      <Settings />
    </header>
  );
}

function Drawer({ view }: { readonly view: View }) {
  const words = useWords();
  const hash = useHash();
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(false), [hash]);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger asChild>
        <SignButton icon="menu" label={words.menu} className="only-narrow" />
      </Dialog.Trigger>
      <Dialog.Portal>
        <div className="veil" aria-hidden="true" />
        <Dialog.Content className="drawer" aria-describedby={undefined}>
          <Dialog.Title className="hidden">{words.menu}</Dialog.Title>
          <Dialog.Close asChild>
            <SignButton icon="close" label={words.close} className="closes" />
          </Dialog.Close>
          <Sidebar view={view} onFresh={() => setOpen(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
