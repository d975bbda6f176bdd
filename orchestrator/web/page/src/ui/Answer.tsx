// One answer: where it went, what it says, where it comes from, and what one can do with it. Knows nothing of the conversation.

import { memo, useMemo } from "react";
import type { Turn, Turns } from "../chat/tree";
import { useWords } from "../words/words";
import { AnswerBody } from "./AnswerBody";
import { AnswerTools } from "./AnswerTools";
import { Badge } from "./Badge";
import { Checked } from "./Checked";
import { Fault } from "./Fault";
import { Sources } from "./Sources";

interface Props {
  readonly turn: Turn;
  readonly versions: Turns;
}

export const Answer = memo(function Answer({ turn, versions }: Props) {
  const words = useWords();
  const { metadata, references, failure, stopped } = turn.metadata;
  const sources = useMemo(() => references ?? [], [references]);
  return (
    <article className="turn answered" aria-label={words.name}>
      <Badge turn={turn} />
      <AnswerBody id={turn.id} text={turn.content} references={sources} streaming={false} />
      <Fault text={failure} />
      {stopped && <p className="small">{words.stopped}</p>}
      {metadata && <Checked text={turn.content} metadata={metadata} />}
      <Sources id={turn.id} references={sources} />
      <AnswerTools turn={turn} versions={versions} />
    </article>
  );
}, same);

function same(before: Props, after: Props): boolean {
  const alike = before.versions.length === after.versions.length && before.versions.every((each, at) => each.id === after.versions[at]?.id);
  return alike && before.turn === after.turn;
}
