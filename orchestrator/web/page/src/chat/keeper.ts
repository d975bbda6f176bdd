// Keeps the turns of one conversation on the server, one after another, and learns the ids they get there.
// Knows nothing of answers in progress; without a server that keeps, the conversation goes on unkept and says so.

import { ServiceError } from "../api/client";
import { append, begin, change } from "../api/conversations";
import type { Turn, TurnMetadata } from "./tree";

const MOST_BYTES = 60_000;
const TITLE_LETTERS = 60;

export interface Listener {
  kept(localId: string, id: string, conversation: string): void;
  failed(message: string): void;
}

export class Keeper {
  #conversation: string | null;
  readonly #ids = new Map<string, string>();
  readonly #listener: Listener;
  #tail: Promise<void> = Promise.resolve();

  constructor(conversation: string | null, listener: Listener) {
    this.#conversation = conversation;
    this.#listener = listener;
  }

  /** Keep a turn after those given before it. */
  keep(turn: Turn): Promise<void> {
    this.#tail = this.#tail.then(() => this.#keep(turn));
    return this.#tail;
  }

  /** Have the server show the branch of `leaf`, after what was given before. */
  show(leaf: string): void {
    this.#tail = this.#tail.then(() => this.#show(this.#ids.get(leaf) ?? leaf));
  }

  async #show(current: string): Promise<void> {
    if (this.#conversation === null || current.startsWith("local-")) return;
    try {
      await change(this.#conversation, { current });
    } catch (cause) {
      // Which branch is shown is a convenience; the turns are all there.
      if (!(cause instanceof ServiceError)) throw cause;
    }
  }

  async #keep(turn: Turn): Promise<void> {
    const parent = turn.parent === null ? null : (this.#ids.get(turn.parent) ?? turn.parent);
    // What it answers was not kept, so there is nothing to hang it on.
    if (parent?.startsWith("local-")) return;
    const message = { role: turn.role, content: turn.content, parent_id: parent, metadata: fitting(turn.metadata) };
    try {
      const id = await this.#store(turn, message);
      this.#ids.set(turn.id, id);
      this.#listener.kept(turn.id, id, this.#conversation!);
    } catch (cause) {
      if (!(cause instanceof ServiceError)) throw cause;
      this.#listener.failed(cause.message);
    }
  }

  async #store(turn: Turn, message: Parameters<typeof append>[1]): Promise<string> {
    if (this.#conversation !== null) return (await append(this.#conversation, message)).id;
    const conversation = await begin(titleOf(turn.content), message);
    this.#conversation = conversation.id;
    return conversation.messages[0]!.id;
  }
}

export const titleOf = (text: string): string => {
  const line = text.trim().split("\n")[0] ?? "";
  const points = Array.from(line);
  return points.length > TITLE_LETTERS ? `${points.slice(0, TITLE_LETTERS).join("").trimEnd()}…` : line;
};

// The server bounds what a message may bear; sources are left out from the end until the rest fits.
function fitting(metadata: TurnMetadata): Readonly<Record<string, unknown>> {
  let references = metadata.references ?? [];
  let kept: TurnMetadata = metadata;
  while (references.length && new TextEncoder().encode(JSON.stringify(kept)).length > MOST_BYTES) {
    references = references.slice(0, -1);
    kept = { ...metadata, references };
  }
  return { ...kept };
}
