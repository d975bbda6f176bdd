// Searches the installed texts. Knows nothing of how they are found.

import { useState } from "react";
import { search } from "../api/services";
import type { SearchResult } from "../api/types";
import { PassageCard } from "../cards/PassageCard";
import { standing } from "../chat/standing";
import { useManner } from "../state/preferences";
import { exactly, figure } from "../text/figures";
import { Fault } from "../ui/Fault";
import { useWords } from "../words/words";
import { useAsked } from "./asking";
import { Panel } from "./Panel";
import { SearchForm } from "./SearchForm";

export default function Search() {
  const words = useWords();
  const manner = useManner();
  const [query, setQuery] = useState("");
  const asked = useAsked<readonly SearchResult[]>();
  const find = (sought: string): void => asked.ask(() => search(sought), words.checked);
  return (
    <Panel says={words.searchSays}>
      <SearchForm required label={words.query} value={query} busy={asked.busy} onChange={setQuery} onSearch={find} />
      <Fault text={asked.fault} />
      {asked.answer && <p className="small">{asked.answer.length ? words.found(figure(asked.answer.length, manner)) : words.nothing}</p>}
      {asked.answer?.map((result) => <Found key={`${result.corpus} ${result.id}`} result={result} />)}
    </Panel>
  );
}

function Found({ result: { corpus, reference, text, url, translation } }: { readonly result: SearchResult }) {
  const words = useWords();
  const manner = useManner();
  // An English meaning is for readers of English.
  const meaning = manner.language === "en" ? translation : null;
  const place = exactly(standing(corpus, reference, words), manner);
  return <PassageCard passage={{ isVerse: corpus === "quran", parts: [text], translation: meaning, place, url, number: null }} />;
}
