// Makes a link under which a conversation can be read, and withdraws it. Knows nothing of what the link shows.

import { useState } from "react";
import { ServiceError } from "../api/client";
import { share, unshare } from "../api/conversations";
import { session } from "../chat/session";
import { hashOf } from "../state/place";
import { useStore } from "../state/store";
import { useWords } from "../words/words";
import { copy } from "./copying";
import { Fault } from "./Fault";

export function ShareForm({ id }: { readonly id: string }) {
  const words = useWords();
  const shared = useStore(session.store, (state) => state.shared);
  const [fault, setFault] = useState<string | null>(null);
  const link = shared ? new URL(hashOf({ view: "shared", id: shared }), document.baseURI).href : "";
  const attempt = (what: () => Promise<string | null>) => (): void => {
    what().then(session.sharedAs, (cause: unknown) => {
      if (!(cause instanceof ServiceError)) throw cause;
      setFault(cause.message);
    });
  };
  const make = attempt(async () => (await share(id, session.store.get().leaf ?? "")).id);
  const withdraw = attempt(async () => {
    await unshare(id);
    return null;
  });
  return (
    <>
      <p>{words.shareSays}</p>
      <Fault text={fault} />
      {shared && <input readOnly dir="ltr" value={link} aria-label={words.share} onFocus={(event) => event.target.select()} />}
      <div className="buttons">
        {shared ? (
          <>
            <button type="button" className="primary" onClick={() => void copy(link)}>
              {words.copy}
            </button>
            <button type="button" onClick={withdraw}>
              {words.unshare}
            </button>
          </>
        ) : (
          <button type="button" className="primary" onClick={make}>
            {words.makeLink}
          </button>
        )}
      </div>
    </>
  );
}
