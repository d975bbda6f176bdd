// The sources of news and how each is doing. Knows nothing of their articles.

import type { NewsSource } from "../api/news";
import { useManner } from "../state/preferences";
import { figure, moment } from "../text/figures";
import { Told } from "../ui/Told";
import { useWords, wordFor } from "../words/words";
import { useSaid } from "./fields";

export function NewsSources({ sources }: { readonly sources: readonly NewsSource[] }) {
  const words = useWords();
  return (
    <section>
      <h2>{words.newsSources}</h2>
      <div className="wide-table" tabIndex={0} role="region" aria-label={words.newsSources}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.outlet}</th>
              <th scope="col">{words.state}</th>
              <th scope="col">{words.articles}</th>
              <th scope="col">{words.lastRead}</th>
            </tr>
          </thead>
          <tbody>
            {sources.map((source, index) => (
              <Row key={index} source={source} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ source: { outlet, state, articles, heard, error } }: { readonly source: NewsSource }) {
  const words = useWords();
  const manner = useManner();
  const said = useSaid();
  return (
    <tr>
      <th scope="row">
        <bdi>{outlet}</bdi>
      </th>
      <td>
        {wordFor(words.sourceStates, state)}
        {error && (
          <p className="small">
            <Told text={said(error)} />
          </p>
        )}
      </td>
      <td>{figure(articles, manner)}</td>
      <td>{heard && moment(heard, manner)}</td>
    </tr>
  );
}
