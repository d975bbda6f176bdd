// A conversation that somebody shared by its link: to be read, and nothing else. Knows nothing of whose it is.

import { useEffect } from "react";
import { shared } from "../api/conversations";
import { type Turn } from "../chat/tree";
import { turnOf } from "../chat/session";
import { directionOf } from "../text/direction";
import { AnswerBody } from "../ui/AnswerBody";
import { Sources } from "../ui/Sources";
import { Fault } from "../ui/Fault";
import { useWords } from "../words/words";
import { useAsked } from "./asking";

interface Read {
  readonly title: string | null;
  readonly turns: readonly Turn[];
}

export default function Shared({ id }: { readonly id: string }) {
  const words = useWords();
  const { answer, fault, ask } = useAsked<Read>();
  useEffect(() => {
    ask(async () => {
      const found = await shared(id);
      return { title: found.title, turns: found.messages.map(turnOf) };
    }, "");
  }, [id]);
  return (
    <div className="scroller">
      <div className="column">
        <Fault text={fault} />
        {answer?.title && <h2 dir="auto">{answer.title}</h2>}
        {answer?.turns.map((turn) => (
          <article key={turn.id} className={turn.role === "user" ? "turn asked" : "turn answered"} aria-label={turn.role === "user" ? words.you : words.name}>
            {turn.role === "user" ? (
              <div className="bubble">
                <p dir={directionOf(turn.content) ?? undefined}>{turn.content}</p>
              </div>
            ) : (
              <>
                <AnswerBody id={turn.id} text={turn.content} references={turn.metadata.references ?? []} streaming={false} />
                <Sources id={turn.id} references={turn.metadata.references ?? []} />
              </>
            )}
          </article>
        ))}
      </div>
    </div>
  );
}
