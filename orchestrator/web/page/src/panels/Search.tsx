// Searches the installed texts. Knows nothing of how they are found.

import "../style/verse.css";
import { useState } from "react";
import { search } from "../api/services";
import type { SearchResult } from "../api/types";
import { VerseCard } from "../cards/VerseCard";
import { useManner } from "../state/preferences";
import { directionOf } from "../text/direction";
import { exactly, figure } from "../text/figures";
import { Fault } from "../ui/Fault";
import { useWords } from "../words/words";
import { OpenLink } from "../cards/OpenLink";
import { useAsked } from "./asking";
import { Panel } from "./Panel";

export default function Search() {
  const words = useWords();
  const manner = useManner();
  const [query, setQuery] = useState("");
  const asked = useAsked<readonly SearchResult[]>();
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    asked.ask(() => search(query.trim()), words.checked);
  };
  return (
    <Panel says={words.searchSays}>
      <form role="search" className="inline" onSubmit={submit}>
        <input
          type="search"
          required
          maxLength={4000}
          dir={directionOf(query) ?? undefined}
          aria-label={words.query}
          placeholder={words.query}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <button className="primary" disabled={asked.busy || !query.trim()}>
          {words.find}
        </button>
      </form>
      <Fault text={asked.fault} />
      {asked.answer && <p className="small">{asked.answer.length ? words.found(figure(asked.answer.length, manner)) : words.nothing}</p>}
      {asked.answer?.map((result) => <Found key={`${result.corpus} ${result.id}`} result={result} />)}
    </Panel>
  );
}

function Found({ result }: { readonly result: SearchResult }) {
  const words = useWords();
  const manner = useManner();
  const { corpus, reference, text, url, translation } = result;
  if (corpus === "quran") {
    return <VerseCard verse={{ text, place: exactly(`${words.quran} ${reference}`, manner), url, translation, number: null }} />;
  }
  return (
    <article className="card">
      <p className="place">
        <bdi>{`${corpus} ${reference}`}</bdi>
        <span className="gap" />
        <OpenLink url={url} />
      </p>
      <blockquote className="naskh" dir={directionOf(text) ?? undefined}>
        {text}
      </blockquote>
      {translation && (
        <p className="translation" dir="auto">
          {translation}
        </p>
      )}
    </article>
  );
}
