// The whole page: the bar above, the menu beside, and what the address names between. Knows nothing of how either works.

import { Direction } from "radix-ui";
import { lazy, Suspense, useEffect } from "react";
import { session } from "../chat/session";
import { placeOf, useHash } from "../state/place";
import { usePreference } from "../state/preferences";
import { useWords } from "../words/words";
import { Chat } from "./Chat";
import { KeyForm } from "./KeyForm";
import { Sidebar } from "./Sidebar";
import { StatusLine } from "./StatusLine";
import { Topbar } from "./Topbar";
import { PANELS } from "./views";

const Shared = lazy(() => import("../panels/Shared"));

export function Page() {
  const words = useWords();
  const language = usePreference((value) => value.language);
  const place = placeOf(useHash());
  useEffect(() => {
    if (place.view !== "chat") return;
    if (place.id) void session.open(place.id);
    else if (session.store.get().id !== null) session.fresh();
  }, [place.view, place.id]);
  return (
    <Direction.Provider dir={language === "ar" ? "rtl" : "ltr"}>
      <a className="skip" href="#main" onClick={skip}>
        {words.skip}
      </a>
      <div className="frame">
        <aside className="side" aria-label={words.menu}>
          <Sidebar view={place.view} />
        </aside>
        <div className="rest">
          <Topbar view={place.view} />
          <KeyForm />
          <main id="main" tabIndex={-1}>
            <Suspense fallback={<p className="waiting">{words.loading}</p>}>{body(place)}</Suspense>
          </main>
          <StatusLine />
        </div>
      </div>
    </Direction.Provider>
  );
}

function body({ view, id }: ReturnType<typeof placeOf>) {
  if (view === "chat") return <Chat />;
  if (view === "shared") return <Shared id={id ?? ""} />;
  const Panel = PANELS[view];
  return <Panel />;
}

// The address says where in the page one is, so a jump within it must leave the address alone.
function skip(event: React.MouseEvent): void {
  event.preventDefault();
  (document.getElementById("question") ?? document.getElementById("main"))?.focus();
}
