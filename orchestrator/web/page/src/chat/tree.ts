// A conversation as a tree: each message after the one it answers, so that an edit or a second answer is a branch of its own.
// Knows nothing of servers or of elements.

import type { AnswerMetadata, Bilingual, Reference } from "../api/types";

/** What a turn bears besides its text. */
export interface TurnMetadata {
  readonly answer?: string;
  readonly references?: readonly Reference[];
  readonly metadata?: AnswerMetadata;
  readonly steps?: readonly Bilingual[];
  readonly stopped?: boolean;
  readonly failure?: string;
  readonly rating?: "up" | "down";
  readonly files?: readonly { readonly id: string; readonly name: string }[];
  readonly pictures?: number;
}

export interface Turn {
  readonly id: string;
  /** What it was called before the server gave it an id. */
  readonly key?: string;
  readonly parent: string | null;
  readonly role: "user" | "assistant" | "system";
  readonly content: string;
  readonly metadata: TurnMetadata;
}

export type Turns = readonly Turn[];

/** The turns from the beginning to `leaf`. */
export function path(turns: Turns, leaf: string | null): Turns {
  const byId = new Map(turns.map((turn) => [turn.id, turn]));
  const found: Turn[] = [];
  // A tree has no circles; one that a server sent by mistake must not hang the page.
  const seen = new Set<string>();
  for (let at = leaf; at !== null && !seen.has(at); ) {
    const turn = byId.get(at);
    if (!turn) break;
    seen.add(at);
    found.push(turn);
    at = turn.parent;
  }
  return found.reverse();
}

/** The turns that stand where `turn` stands, itself among them, oldest first. */
export const siblings = (turns: Turns, turn: Turn): Turns =>
  turns.filter((each) => each.parent === turn.parent && each.role === turn.role);

/** The newest leaf below `id`: where one was when one left that branch, as far as order tells. */
export function leafUnder(turns: Turns, id: string): string {
  const below = turns.filter((turn) => turn.parent === id).at(-1);
  return below ? leafUnder(turns, below.id) : id;
}

/** The same tree with a turn's id exchanged, wherever it is named. */
export const renamed = (turns: Turns, from: string, to: string): Turns =>
  turns.map((turn) => {
    if (turn.id === from) return { ...turn, id: to, key: from };
    return turn.parent === from ? { ...turn, parent: to } : turn;
  });
