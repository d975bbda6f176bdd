// The newest stories, each with who tells it; the sources they come from, and how one is added. Knows nothing of how stories are found.

import { useEffect, useState } from "react";
import { type NewsStatus, newsStatus, stories, type Story } from "../api/news";
import { session } from "../chat/session";
import { Command } from "../ui/Command";
import { Fault } from "../ui/Fault";
import { Told } from "../ui/Told";
import { useWords } from "../words/words";
import { useAsked } from "./asking";
import { useSaid } from "./fields";
import { NewsSources } from "./NewsSources";
import { NewsStory } from "./NewsStory";
import { Panel } from "./Panel";
import { SearchForm } from "./SearchForm";

export default function News() {
  const words = useWords();
  const said = useSaid();
  const { answer, fault, ask } = useAsked<NewsStatus>();
  useEffect(() => ask(newsStatus, ""), []);
  return (
    <Panel says={words.newsSays}>
      <Fault text={fault} />
      {answer && <p>{answer.configured ? <Told text={said(answer.message)} /> : words.noNewsSource}</p>}
      {answer?.configured && <Stories />}
      {answer && (
        <section className="card">
          <Command says={words.addSource} command="fanar feeds add URL" />
          <Command says={words.addSample} command="fanar feeds import --sample" />
        </section>
      )}
      {answer?.configured && <NewsSources sources={answer.sources} />}
    </Panel>
  );
}

function Stories() {
  const words = useWords();
  const [topic, setTopic] = useState("");
  const [language, setLanguage] = useState("");
  const { answer, fault, busy, ask } = useAsked<readonly Story[]>();
  useEffect(() => ask(() => stories("", ""), ""), []);
  const digest = (): void => {
    session.fresh();
    location.hash = "#/";
    void session.ask(words.digestAsked(topic.trim()));
  };
  return (
    <>
      <SearchForm
        label={words.newsTopic}
        value={topic}
        busy={busy}
        maxLength={400}
        onChange={setTopic}
        onSearch={(sought) => ask(() => stories(sought, language), words.checked)}
      >
        <select aria-label={words.newsLanguage} value={language} onChange={(event) => setLanguage(event.target.value)}>
          {Object.entries(words.newsLanguages).map(([code, name]) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </select>
      </SearchForm>
      <p className="buttons">
        <button type="button" onClick={digest}>
          {words.digest}
        </button>
      </p>
      <Fault text={fault} />
      {answer?.length === 0 && <p className="lead">{words.noStories}</p>}
      {answer?.map((story) => <NewsStory key={story.id} story={story} />)}
    </>
  );
}
