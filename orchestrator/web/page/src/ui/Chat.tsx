// The conversation: what was said, what is being said, and the place to ask. Knows nothing of how answers come.

import { useEffect, useMemo, useRef } from "react";
import { session } from "../chat/session";
import { path, siblings, type Turn, type Turns } from "../chat/tree";
import { useStore } from "../state/store";
import { useWords } from "../words/words";
import { Answer } from "./Answer";
import { Composer } from "./Composer";
import { Fault } from "./Fault";
import { LiveAnswer } from "./LiveAnswer";
import { Question } from "./Question";
import { Welcome } from "./Welcome";

const NEAR_THE_END = 120;

export function Chat() {
  const words = useWords();
  const turns = useStore(session.store, (state) => state.turns);
  const leaf = useStore(session.store, (state) => state.leaf);
  const loading = useStore(session.store, (state) => state.loading);
  const live = useStore(session.store, (state) => state.live !== null);
  const fault = useStore(session.store, (state) => state.fault);
  const unkept = useStore(session.store, (state) => state.unkept);
  const shown = useMemo(() => path(turns, leaf), [turns, leaf]);
  const scroller = useFollowing(shown.length, live);
  return (
    <div className="chat">
      <div className="scroller" ref={scroller} tabIndex={-1}>
        <div className="column" id="conversation">
          {loading && <p className="waiting">{words.loading}</p>}
          {!loading && !shown.length && <Welcome />}
          {shown.map((turn) => (
            <One key={turn.key ?? turn.id} turn={turn} turns={turns} />
          ))}
          {live && <LiveAnswer />}
          <Fault text={fault} />
          {unkept !== null && (
            <p className="small">
              {words.unkept} {unkept}
            </p>
          )}
        </div>
      </div>
      <Composer />
    </div>
  );
}

function One({ turn, turns }: { readonly turn: Turn; readonly turns: Turns }) {
  const versions = siblings(turns, turn);
  return turn.role === "user" ? <Question turn={turn} versions={versions} /> : <Answer turn={turn} versions={versions} />;
}

/** Keep the end in view while words come, unless the reader has scrolled away from it. */
function useFollowing(length: number, live: boolean) {
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = scroller.current;
    if (element && length) element.scrollTop = element.scrollHeight;
  }, [length]);
  useEffect(() => {
    const element = scroller.current;
    const column = element?.firstElementChild;
    if (!element || !column || !live) return;
    let following = true;
    const look = (): void => {
      following = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_THE_END;
    };
    const watcher = new ResizeObserver(() => {
      if (following) element.scrollTop = element.scrollHeight;
    });
    element.addEventListener("scroll", look, { passive: true });
    watcher.observe(column);
    return () => {
      element.removeEventListener("scroll", look);
      watcher.disconnect();
    };
  }, [live]);
  return scroller;
}
