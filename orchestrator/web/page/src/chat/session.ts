// The conversation on the page: asks, stops, asks again, edits, goes from branch to branch, and has it kept.
// Knows nothing of elements.

import { aborted, ServiceError } from "../api/client";
import { type KeptMessage, read } from "../api/conversations";
import type { Part } from "../api/services";
import { placeOf, rename } from "../state/place";
import { preferences } from "../state/preferences";
import { tell } from "../state/status";
import { Store } from "../state/store";
import { withoutPictures } from "../text/wording";
import { wordsNow } from "../words/words";
import { Keeper, titleOf } from "./keeper";
import { type Reading, readings } from "./reading";
import { leafUnder, path, renamed, type Turn, type TurnMetadata, type Turns } from "./tree";

export interface Attached {
  readonly files: readonly { readonly id: string; readonly name: string }[];
  /** Pictures as data: URLs. They are asked about, and not kept. */
  readonly pictures: readonly string[];
}

export const NOTHING_ATTACHED: Attached = { files: [], pictures: [] };

export interface SessionState {
  readonly id: string | null;
  readonly title: string | null;
  readonly shared: string | null;
  readonly turns: Turns;
  readonly leaf: string | null;
  /** The answer that is coming. */
  readonly live: Reading | null;
  readonly fault: string | null;
  readonly unkept: string | null;
  readonly loading: boolean;
}

const FRESH: SessionState = {
  id: null, title: null, shared: null, turns: [], leaf: null, live: null, fault: null, unkept: null, loading: false,
};
const REMEMBERED = 40;
const NOTHING_READ: Reading = { text: "", steps: [], metadata: {} };

export class Session {
  readonly store = new Store<SessionState>(FRESH);
  readonly #pictures = new Map<string, readonly string[]>();
  // A question asked under a local id may get the server's while it is answered.
  readonly #renames = new Map<string, string>();
  #keeper: Keeper = this.#keeperOf(null);
  #abort: AbortController | null = null;
  #made = 0;

  get #state(): SessionState {
    return this.store.get();
  }

  get busy(): boolean {
    return this.#abort !== null;
  }

  readonly stop = (): void => this.#abort?.abort();

  readonly fresh = (): void => {
    this.stop();
    this.#keeper = this.#keeperOf(null);
    this.store.set(FRESH);
  };

  /** Show a conversation that the server keeps. */
  readonly open = async (id: string): Promise<void> => {
    if (this.#state.id === id) return;
    this.stop();
    this.#keeper = this.#keeperOf(id);
    this.store.set({ ...FRESH, id, loading: true });
    try {
      const kept = await read(id);
      if (this.#state.id !== id) return;
      const turns = kept.messages.map(turnOf);
      const leaf = kept.current ?? turns.at(-1)?.id ?? null;
      this.store.set({ title: kept.title, shared: kept.shared, turns, leaf, loading: false });
    } catch (cause) {
      if (!(cause instanceof ServiceError)) throw cause;
      if (this.#state.id === id) this.store.set({ ...FRESH, fault: cause.message });
    }
  };

  readonly ask = async (text: string, attached: Attached = NOTHING_ATTACHED): Promise<void> => {
    await this.#askFrom(this.#state.leaf, text, attached);
  };

  /** Ask `turn` again in other words, on a branch of its own. */
  readonly edit = async (turn: Turn, text: string): Promise<void> => {
    const pictures = this.#pictures.get(turn.id) ?? [];
    await this.#askFrom(turn.parent, text, { files: turn.metadata.files ?? [], pictures });
  };

  /** Have a question answered again. */
  readonly regenerate = async (answer: Turn): Promise<void> => {
    if (this.busy || answer.parent === null) return;
    this.store.set({ leaf: answer.parent });
    await this.#answer(answer.parent);
  };

  /** Show the branch that `turn` stands on. */
  readonly choose = (turn: Turn): void => {
    if (this.busy) return;
    const leaf = leafUnder(this.#state.turns, turn.id);
    this.store.set({ leaf });
    this.#keeper.show(leaf);
  };

  readonly rate = (turn: Turn, rating: "up" | "down"): void => this.#amend(turn.id, { rating });

  readonly named = (title: string): void => this.store.set({ title });

  readonly sharedAs = (shared: string | null): void => this.store.set({ shared });

  async #askFrom(parent: string | null, text: string, attached: Attached): Promise<void> {
    const content = text.trim();
    if (!content || this.busy) return;
    const { files, pictures } = attached;
    const metadata = { ...(files.length ? { files } : {}), ...(pictures.length ? { pictures: pictures.length } : {}) };
    const turn = this.#add({ parent, role: "user", content, metadata });
    if (pictures.length) this.#pictures.set(turn.id, pictures);
    if (this.#state.title === null) this.store.set({ title: titleOf(content) });
    void this.#keeper.keep(turn);
    await this.#answer(turn.id);
  }

  async #answer(question: string): Promise<void> {
    const keeper = this.#keeper;
    const abort = new AbortController();
    this.#abort = abort;
    this.store.set({ live: NOTHING_READ, fault: null });
    tell(wordsNow().thinking);
    const { reading, ...end } = await this.#read(question, abort.signal);
    if (this.#abort === abort) this.#abort = null;
    const metadata = { ...reading.metadata, ...(reading.steps.length ? { steps: reading.steps } : {}), ...end };
    const said = reading.text || end.failure !== undefined || end.stopped;
    // The reader may have left this conversation meanwhile; what came is kept all the same.
    const here = this.#keeper === keeper;
    const parent = here ? (this.#renames.get(question) ?? question) : question;
    const answer: Turn = { id: this.#newId(), parent, role: "assistant", content: reading.text, metadata };
    if (here) this.store.set({ live: null, ...(said ? { turns: [...this.#state.turns, answer], leaf: answer.id } : {}) });
    if (said) void keeper.keep(answer);
    if (here) tell(end.failure ?? (end.stopped ? wordsNow().stopped : wordsNow().done));
  }

  async #read(question: string, signal: AbortSignal): Promise<{ reading: Reading; stopped?: true; failure?: string }> {
    let reading = NOTHING_READ;
    let frame = 0;
    const show = (): void => {
      frame = 0;
      if (!signal.aborted) this.store.set({ live: reading });
    };
    try {
      for await (const next of readings(this.#asked(question), signal)) {
        this.#tellStep(reading, next);
        reading = next;
        // One drawing for each frame of the screen, however fast the words come.
        frame ||= requestAnimationFrame(show);
      }
      return { reading };
    } catch (cause) {
      if (aborted(cause)) return { reading, stopped: true };
      if (cause instanceof ServiceError) return { reading, failure: cause.message };
      throw cause;
    } finally {
      cancelAnimationFrame(frame);
    }
  }

  #tellStep(before: Reading, now: Reading): void {
    const step = now.steps.at(-1);
    if (step && now.steps.length !== before.steps.length) tell(step[preferences.get().language]);
  }

  #asked(question: string): { messages: { role: string; content: string | Part[] }[]; files: string[] } {
    const turns = path(this.#state.turns, question).filter((turn) => turn.content).slice(-REMEMBERED);
    const messages = turns.map((turn) => ({ role: turn.role, content: this.#contentOf(turn) }));
    return { messages, files: (turns.at(-1)?.metadata.files ?? []).map((file) => file.id) };
  }

  #contentOf(turn: Turn): string | Part[] {
    const pictures = this.#pictures.get(turn.id);
    if (!pictures) return withoutPictures(turn.content);
    return [{ type: "text", text: turn.content }, ...pictures.map((url): Part => ({ type: "image_url", image_url: { url } }))];
  }

  #add(turn: Omit<Turn, "id">): Turn {
    const added = { ...turn, id: this.#newId() };
    this.store.set({ turns: [...this.#state.turns, added], leaf: added.id });
    return added;
  }

  #amend(id: string, metadata: TurnMetadata): void {
    // The turn may have got the server's id since it was looked at.
    const now = this.#renames.get(id) ?? id;
    const turns = this.#state.turns.map((turn) => (turn.id === now ? { ...turn, metadata: { ...turn.metadata, ...metadata } } : turn));
    this.store.set({ turns });
  }

  #newId(): string {
    this.#made += 1;
    return `local-${this.#made}`;
  }

  #keeperOf(conversation: string | null): Keeper {
    const keeper: Keeper = new Keeper(conversation, {
      kept: (localId, id, owner) => {
        this.#renames.set(localId, id);
        const pictures = this.#pictures.get(localId);
        if (pictures) this.#pictures.set(id, pictures);
        if (this.#keeper !== keeper) return;
        const { turns, leaf } = this.#state;
        this.store.set({ id: owner, turns: renamed(turns, localId, id), leaf: leaf === localId ? id : leaf, unkept: null });
        // From now on the conversation has an address.
        const place = placeOf(location.hash);
        if (place.view === "chat" && place.id === null) rename({ view: "chat", id: owner });
      },
      failed: (message) => {
        if (this.#keeper === keeper) this.store.set({ unkept: message });
      },
    });
    return keeper;
  }
}

export const turnOf = (kept: KeptMessage): Turn => ({
  id: kept.id,
  parent: kept.parent_id,
  role: kept.role,
  content: kept.content,
  metadata: kept.metadata as TurnMetadata,
});

export const session = new Session();
