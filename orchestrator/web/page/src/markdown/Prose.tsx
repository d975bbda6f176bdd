// Prose in Markdown, read while it comes. Nothing in it is markup of ours, and nothing of it is fetched from elsewhere.
// Knows nothing of sources but that [n] may stand for one.

import { Streamdown } from "streamdown";
import "../style/prose.css";
import { directions } from "./directions";
import { ELEMENTS } from "./elements";

const PLUGINS = [directions];

export default function Prose({ text, streaming }: { readonly text: string; readonly streaming: boolean }) {
  return (
    <Streamdown
      className="prose"
      mode="streaming"
      isAnimating={streaming}
      parseIncompleteMarkdown={streaming}
      rehypePlugins={PLUGINS}
      components={ELEMENTS}
      controls={false}
    >
      {text}
    </Streamdown>
  );
}
