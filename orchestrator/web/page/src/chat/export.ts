// A conversation as a Markdown file, with its sources. Knows nothing of how it is shown.

import { gradeOf, placeOf } from "./standing";
import type { Words } from "../words/words";
import type { Turn, Turns } from "./tree";

export function markdown(title: string, turns: Turns, words: Words): string {
  return [`# ${title}`, ...turns.map((turn) => section(turn, words))].join("\n\n") + "\n";
}

function section(turn: Turn, words: Words): string {
  const head = `## ${turn.role === "user" ? words.you : words.name}`;
  return [head, turn.content, ...sources(turn, words)].join("\n\n");
}

function sources(turn: Turn, words: Words): string[] {
  const references = turn.metadata.references ?? [];
  if (!references.length) return [];
  const lines = references.map((reference) => {
    const { number, url, content } = reference;
    const said = [placeOf(reference, words), gradeOf(reference, words)].filter(Boolean).join(" · ");
    const place = url ? `[${said}](${url})` : said;
    return `${number}. ${place}\n\n   > ${content.replace(/\n/gu, "\n   > ")}`;
  });
  return [`### ${words.sources}`, lines.join("\n\n")];
}

/** Hand a text to the browser as a file to keep. */
export function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
