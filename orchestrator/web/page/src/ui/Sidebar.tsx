// The menu: a new conversation, the parts of the page, and the conversations that are kept. Knows nothing of what they hold.

import { session } from "../chat/session";
import { hashOf, VIEWS, type View } from "../state/place";
import { useStore } from "../state/store";
import { useWords } from "../words/words";
import { Conversations } from "./Conversations";
import { Icon } from "./Icon";
import { ICONS } from "./views";

interface Props {
  readonly view: View;
  readonly onFresh?: () => void;
}

export function Sidebar({ view, onFresh }: Props) {
  const words = useWords();
  const id = useStore(session.store, (state) => state.id);
  const fresh = (): void => {
    session.fresh();
    location.hash = "#/";
    onFresh?.();
    setTimeout(() => document.getElementById("question")?.focus());
  };
  return (
    <div className="sidebar">
      <p className="brand">
        <img src="icon.svg" alt="" width="32" height="32" />
        <span>{words.name}</span>
      </p>
      <button type="button" className="primary wide" onClick={fresh}>
        <Icon name="plus" />
        {words.fresh}
      </button>
      <nav aria-label={words.navigation}>
        <ul className="views">
          {(["chat", ...VIEWS] as const).map((each) => (
            <li key={each}>
              <a
                href={each === "chat" ? hashOf({ view: "chat", id }) : hashOf({ view: each, id: null })}
                aria-current={view === each ? "page" : undefined}
              >
                <Icon name={ICONS[each]} />
                {words.views[each]}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Conversations />
      <p className="small">{words.footer}</p>
    </div>
  );
}
