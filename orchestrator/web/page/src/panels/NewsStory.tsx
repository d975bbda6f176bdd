// One story: its newest article, and the others that tell it. Knows nothing of other stories.

import type { Article, Story } from "../api/news";
import { OpenLink } from "../cards/OpenLink";
import { useManner } from "../state/preferences";
import { directionOf } from "../text/direction";
import { figure, moment } from "../text/figures";
import { useWords } from "../words/words";

export function NewsStory({ story }: { readonly story: Story }) {
  const words = useWords();
  const manner = useManner();
  const [first, ...others] = story.articles;
  return (
    <article className="card story">
      <h2 dir={directionOf(story.title) ?? undefined}>{story.title}</h2>
      {first && <Telling article={first} />}
      {others.length > 0 && (
        <details>
          <summary>
            {words.alsoTold} <span className="count">{figure(others.length, manner)}</span>
          </summary>
          {others.map((article) => (
            <Telling key={article.id} article={article} />
          ))}
        </details>
      )}
    </article>
  );
}

function Telling({ article: { outlet, published, url, summary } }: { readonly article: Article }) {
  const manner = useManner();
  return (
    <>
      <p dir={directionOf(summary) ?? undefined}>{summary}</p>
      <p className="place">
        <bdi>{outlet}</bdi>
        <time dateTime={published}>{moment(published, manner)}</time>
        <span className="gap" />
        <OpenLink url={url} />
      </p>
    </>
  );
}
