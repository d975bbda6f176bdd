// A value that changes, and those who want to know. Knows nothing of what it holds.

import { useSyncExternalStore } from "react";

export class Store<T extends object> {
  #value: T;
  readonly #listeners = new Set<() => void>();

  constructor(value: T) {
    this.#value = value;
  }

  readonly get = (): T => this.#value;

  readonly set = (change: Partial<T>): void => {
    this.#value = { ...this.#value, ...change };
    for (const listener of this.#listeners) listener();
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

export function useStore<T extends object, U>(store: Store<T>, pick: (value: T) => U): U {
  return useSyncExternalStore(store.subscribe, () => pick(store.get()));
}
