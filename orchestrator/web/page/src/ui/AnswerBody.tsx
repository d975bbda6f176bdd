// What an answer says: verses as cards, the rest as prose. Knows nothing of how prose is written.

import { lazy, Suspense, useMemo } from "react";
import type { Reference } from "../api/types";
import { VerseCard } from "../cards/VerseCard";
import { usePreference } from "../state/preferences";
import { directionOf } from "../text/direction";
import { type Segment, segments, wholeVerses } from "../text/segments";
import { steady } from "../text/steady";
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
  if (part.kind === "prose") {
    return (
      <Suspense fallback={<Plain text={part.text} />}>
        <Prose text={part.text} streaming={streaming} />
      </Suspense>
    );
  }
  const source = references.find((each) => each.corpus === "quran" && (part.numbers.includes(each.number) || each.content === part.text));
  return <VerseCard verse={{ text: part.text, place: part.place, url: part.url, translation: source?.translation ?? null, number: source?.number ?? null }} />;
}

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
