// Which [n] of an answer stand for a source, and where that source is on the page. Knows nothing of the sources themselves.

import { createContext, useContext } from "react";

interface Cited {
  readonly id: string;
  readonly numbers: ReadonlySet<number>;
}

const CitedContext = createContext<Cited>({ id: "", numbers: new Set() });

export const Citing = CitedContext.Provider;

export const sourceId = (answer: string, number: number): string => `source-${answer}-${number}`;

/** Return what shows the source `number`; null where the answer has none of that number. */
export function useSource(number: number): (() => void) | null {
  const { id, numbers } = useContext(CitedContext);
  if (!numbers.has(number)) return null;
  return () => {
    const card = document.getElementById(sourceId(id, number));
    card?.closest("details")?.setAttribute("open", "");
    card?.scrollIntoView({ block: "nearest" });
    card?.focus();
  };
}
