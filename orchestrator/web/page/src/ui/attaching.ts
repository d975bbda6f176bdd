// What is attached to the next question: pictures at once, documents when the server has read them.
// Knows nothing of how it is shown.

import { useRef, useState } from "react";
import { aborted, ServiceError } from "../api/client";
import { addFile } from "../api/files";
import type { Attached } from "../chat/session";
import { notify } from "../state/status";
import { wordsNow } from "../words/words";

const PICTURE = /^image\/(?:png|jpeg|webp|gif)$/u;
const DOCUMENT = /\.(?:pdf|docx|html?|md|markdown|txt)$/iu;
const ACCEPTED = ".pdf,.docx,.html,.htm,.md,.markdown,.txt,image/png,image/jpeg,image/webp,image/gif";

export interface Attachment {
  readonly key: number;
  readonly name: string;
  readonly picture?: string;
  readonly id?: string;
}

export interface Attachments {
  readonly list: readonly Attachment[];
  /** Whether a document is still being read. */
  readonly busy: boolean;
  readonly attached: Attached;
  readonly choose: () => void;
  readonly add: (files: Iterable<File>) => void;
  readonly remove: (key: number) => void;
  /** Documents stay for the next question, pictures do not. */
  readonly sent: () => void;
}

export function useAttachments(): Attachments {
  const [list, setList] = useState<readonly Attachment[]>([]);
  const made = useRef(0);
  const aborts = useRef(new Map<number, AbortController>());
  const drop = (key: number): void => {
    aborts.current.get(key)?.abort();
    setList((all) => all.filter((each) => each.key !== key));
  };
  const take = async (file: File): Promise<void> => {
    made.current += 1;
    const key = made.current;
    const abort = new AbortController();
    aborts.current.set(key, abort);
    setList((all) => [...all, { key, name: file.name }]);
    try {
      const read = PICTURE.test(file.type) ? { picture: await dataUrl(file) } : { id: (await document_(file, abort.signal)).id };
      setList((all) => all.map((each) => (each.key === key ? { ...each, ...read } : each)));
    } catch (cause) {
      drop(key);
      if (aborted(cause)) return;
      if (!(cause instanceof ServiceError)) throw cause;
      notify(`${file.name}: ${cause.message}`);
    }
  };
  const add = (files: Iterable<File>): void => [...files].forEach((file) => void take(file));
  return {
    list,
    busy: list.some((each) => !each.picture && !each.id),
    attached: {
      files: list.flatMap(({ id, name }) => (id ? [{ id, name }] : [])),
      pictures: list.flatMap(({ picture }) => (picture ? [picture] : [])),
    },
    choose: () => pick(add),
    add,
    remove: drop,
    sent: () => setList((all) => all.filter((each) => each.id)),
  };
}

async function document_(file: File, signal: AbortSignal): Promise<{ readonly id: string }> {
  if (!DOCUMENT.test(file.name)) throw new ServiceError(wordsNow().cannotAttach);
  return addFile(file, signal);
}

function dataUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(new ServiceError(wordsNow().cannotAttach));
    reader.readAsDataURL(file);
  });
}

function pick(add: (files: Iterable<File>) => void): void {
  const input = Object.assign(document.createElement("input"), { type: "file", multiple: true, accept: ACCEPTED });
  input.onchange = () => add(input.files ?? []);
  input.click();
}
