// Documents of the reader's own: handed over, and waited for until they can be asked about. Knows nothing of conversations.

import { ask, ServiceError } from "./client";

export interface KeptFile {
  readonly id: string;
  readonly filename: string;
  readonly status: "uploaded" | "processed" | "error";
  readonly status_details: string | null;
  readonly pages: number | null;
}

const POLL_MS = 500;

/** Hand a document over and wait until it is read. Throws ServiceError where it cannot be. */
export async function addFile(file: File, signal: AbortSignal): Promise<KeptFile> {
  const form = new FormData();
  form.append("file", file, file.name);
  let kept = await ask<KeptFile>("v1/files", { form, signal });
  while (kept.status === "uploaded") {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    signal.throwIfAborted();
    kept = await ask<KeptFile>(`v1/files/${kept.id}`, { signal });
  }
  if (kept.status === "error") throw new ServiceError(kept.status_details ?? kept.filename, "unreadable");
  return kept;
}
