// Where in the page one is, as the address says after its #. Knows nothing of what is shown there.

import { useSyncExternalStore } from "react";

export const VIEWS = ["check", "news", "zakat", "inheritance", "search", "installed"] as const;
export type View = "chat" | "shared" | (typeof VIEWS)[number];

export interface Place {
  readonly view: View;
  /** Which conversation, or which shared one. */
  readonly id: string | null;
}

export function placeOf(hash: string): Place {
  const [, name, id] = /^#\/([a-z]+)(?:\/([\w-]{1,64}))?$/u.exec(hash) ?? [];
  if (name === "c" && id) return { view: "chat", id };
  if (name === "shared" && id) return { view: "shared", id };
  const view = VIEWS.find((each) => each === name);
  return { view: view ?? "chat", id: null };
}

export const hashOf = ({ view, id }: Place): string => {
  if (view === "chat") return id ? `#/c/${id}` : "#/";
  return id ? `#/${view}/${id}` : `#/${view}`;
};

/** Change the address without a step in the history: for a conversation that gets its id after it has begun. */
export function rename(place: Place): void {
  history.replaceState(null, "", hashOf(place));
  dispatchEvent(new HashChangeEvent("hashchange"));
}

const subscribe = (listener: () => void): (() => void) => {
  addEventListener("hashchange", listener);
  return () => removeEventListener("hashchange", listener);
};

export const useHash = (): string => useSyncExternalStore(subscribe, () => location.hash);
