// The one line that screen readers hear: what the page is doing, and faults. Some of it everyone must see, for a while.
// Knows nothing of who says so.

import { Store } from "./store";

export const status = new Store<{ readonly said: string; readonly shown: boolean }>({ said: "", shown: false });

const SHOWN_MS = 8000;
let hiding: ReturnType<typeof setTimeout> | undefined;

/** Say what is to be seen elsewhere on the page anyway. */
export const tell = (said: string): void => status.set({ said, shown: false });

/** Say what stands nowhere else. */
export function notify(said: string): void {
  clearTimeout(hiding);
  status.set({ said, shown: true });
  hiding = setTimeout(() => status.set({ shown: false }), SHOWN_MS);
}
