// The one line that screen readers hear: what the page is doing, and faults. Knows nothing of who says so.

import { Store } from "./store";

export const status = new Store<{ readonly said: string }>({ said: "" });

export const tell = (said: string): void => status.set({ said });
