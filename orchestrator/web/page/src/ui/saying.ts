// Does what may be refused, and says the refusal. Knows nothing of what is done.

import { ServiceError } from "../api/client";
import { notify } from "../state/status";

export async function saying(what: () => Promise<void>): Promise<void> {
  try {
    await what();
  } catch (cause) {
    if (!(cause instanceof ServiceError)) throw cause;
    notify(cause.message);
  }
}
