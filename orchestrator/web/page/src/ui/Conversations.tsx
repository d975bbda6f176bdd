// The conversations that the server keeps for this reader: the latest first, or those in which words are found.
// Knows nothing of their turns.

import { useEffect, useState } from "react";
import { ServiceError } from "../api/client";
import { list, type Listing, type Summary } from "../api/conversations";
import { session } from "../chat/session";
import { hashOf } from "../state/place";
import { useManner, usePreference } from "../state/preferences";
import { useStore } from "../state/store";
import { day } from "../text/figures";
import { useWords } from "../words/words";

const PAUSE_MS = 250;
const NONE: Listing = { data: [], has_more: false, last_id: null };

export function Conversations() {
  const words = useWords();
  const [query, setQuery] = useState("");
  const { listing, fault, more } = useListing(query.trim());
  return (
    <section className="conversations" aria-label={words.conversations}>
      <h2>{words.conversations}</h2>
      <input
        type="search"
        value={query}
        maxLength={200}
        dir="auto"
        placeholder={words.searchConversations}
        aria-label={words.searchConversations}
        onChange={(event) => setQuery(event.target.value)}
      />
      {fault !== null && <p className="small">{fault}</p>}
      {fault === null && !listing.data.length && <p className="small">{query.trim() ? words.noneFound : words.noConversations}</p>}
      <ul>
        {listing.data.map((each) => (
          <Entry key={each.id} conversation={each} />
        ))}
      </ul>
      {listing.has_more && (
        <button type="button" className="quiet" onClick={more}>
          {words.more}
        </button>
      )}
    </section>
  );
}

function Entry({ conversation }: { readonly conversation: Summary }) {
  const manner = useManner();
  const words = useWords();
  const current = useStore(session.store, (state) => state.id === conversation.id);
  return (
    <li>
      <a href={hashOf({ view: "chat", id: conversation.id })} aria-current={current ? "true" : undefined}>
        <span className="line" dir="auto">
          {conversation.title ?? words.fresh}
        </span>
        <span className="small line" dir="auto">
          {conversation.match ?? day(conversation.updated_at, manner)}
        </span>
      </a>
    </li>
  );
}

function useListing(query: string) {
  const [listing, setListing] = useState<Listing>(NONE);
  const [fault, setFault] = useState<string | null>(null);
  // What changes the list: another conversation, another title, an answer that has come to its end.
  const changes = useStore(session.store, (state) => `${state.id}·${state.title}·${state.live === null}·${state.loading}`);
  const key = usePreference((value) => value.key);
  useEffect(() => {
    let wanted = true;
    const fetching = async (): Promise<void> => {
      const next = await list({ query });
      if (!wanted) return;
      setListing(next);
      setFault(null);
    };
    const failed = (cause: unknown): void => {
      if (!(cause instanceof ServiceError)) throw cause;
      if (wanted) setFault(cause.message);
    };
    const timer = setTimeout(() => fetching().catch(failed), PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [query, changes, key]);
  const more = (): void => {
    void list({ query, after: listing.last_id }).then((next) => setListing({ ...next, data: [...listing.data, ...next.data] }));
  };
  return { listing, fault, more };
}
