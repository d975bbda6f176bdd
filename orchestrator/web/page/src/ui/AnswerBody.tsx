// What an answer says: texts of its sources as cards, the rest as prose. Knows nothing of how prose is written.

import { lazy, Suspense, useMemo } from "react";
import type { Reference } from "../api/types";
import { usePreference } from "../state/preferences";
import { directionOf } from "../text/direction";
import { type Passage, type Segment, segments, wholeVerses } from "../text/segments";
import { steady } from "../text/steady";
import { AnswerPassage } from "./AnswerPassage";
import { Citing } from "./citing";

/** Fetch what reads Markdown: more than half of all the page's code, and nothing is there to be read before the first question. */
export const loadProse = () => import("../markdown/Prose");
const Prose = lazy(loadProse);

interface Props {
  readonly id: string;
  readonly text: string;
  readonly references: readonly Reference[];
  readonly streaming: boolean;
}

export function AnswerBody({ id, text, references, streaming }: Props) {
  const expected = usePreference((value) => (value.language === "ar" ? "rtl" : "ltr"));
  const shown = streaming ? steady(wholeVerses(text), expected) : text;
  const parts = useMemo(() => segments(shown), [shown]);
  const citing = useMemo(() => ({ id, numbers: new Set(references.map((reference) => reference.number)) }), [id, references]);
  return (
    <Citing value={citing}>
      <div className="body">
        {parts.map((part, index) => (
          <Part key={index} part={part} references={references} streaming={streaming && index === parts.length - 1} />
        ))}
      </div>
    </Citing>
  );
}

interface PartProps {
  readonly part: Segment;
  readonly references: readonly Reference[];
  readonly streaming: boolean;
}

function Part({ part, references, streaming }: PartProps) {
  const source = part.kind === "prose" ? undefined : references.find((each) => isSource(each, part));
  // What the answer ascribes to a source that it does not have stays what the answer says.
  if (part.kind === "prose" || (part.kind === "quoted" && !streaming && !source)) {
    return (
      <Suspense fallback={<Plain text={part.text} />}>
        <Prose text={part.text} streaming={streaming} />
      </Suspense>
    );
  }
  return <AnswerPassage passage={part} source={source} />;
}

const isSource = (reference: Reference, { kind, numbers, parts }: Passage): boolean =>
  (kind === "quoted" || reference.corpus === "quran") && (numbers.includes(reference.number) || reference.content === parts.join("\n"));

function Plain({ text }: { readonly text: string }) {
  return text
    .split(/\n{2,}/u)
    .filter((block) => block.trim())
    .map((block, index) => (
      <p key={index} dir={directionOf(block) ?? undefined} className="plain">
        {block}
      </p>
    ));
}
