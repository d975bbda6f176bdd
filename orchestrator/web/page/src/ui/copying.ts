// Puts text on the clipboard and says so. Knows nothing of what it is.

import { notify } from "../state/status";
import { wordsNow } from "../words/words";

export async function copy(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  notify(wordsNow().copied);
}
