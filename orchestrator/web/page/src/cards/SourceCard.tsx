// One source of an answer: a verse, a hadith with its grade, or a passage of a book or a document. Knows nothing of the answer.

import type { Reference } from "../api/types";
import { useManner } from "../state/preferences";
import { exactly, figure } from "../text/figures";
import { directionOf } from "../text/direction";
import { SignButton } from "../ui/Button";
import { copy } from "../ui/copying";
import { useWords } from "../words/words";
import { OpenLink } from "./OpenLink";
import { written } from "./PassageCard";
import { gradeOf, placeOf } from "../chat/standing";

export function SourceCard({ reference }: { readonly reference: Reference }) {
  const words = useWords();
  const manner = useManner();
  const { number, content, translation, url } = reference;
  const place = placeOf(reference, words);
  const isVerse = reference.corpus === "quran";
  const facts = [reference.madhab, reference.book, reference.author ?? reference.mufti].filter(Boolean).join(" · ");
  const grade = gradeOf(reference, words);
  const text = written({ isVerse, parts: isVerse ? content.split("\n") : [content], translation: translation ?? null, place, grade, url: url ?? null, number });
  return (
    <div className={`card ${isVerse ? "quranic" : ""}`}>
      <p className="place">
        <span className="number">{figure(number, manner)}</span>
        <span>
          <bdi>{reference.filename ?? exactly(place, manner)}</bdi>
          {reference.filename && reference.page && ` · ${words.page} ${figure(reference.page, manner)}`}
        </span>
        {grade && <span className="grade">{grade}</span>}
        <span className="gap" />
        <span className="signs">
          <SignButton icon="copy" label={words.copyWithSource} onClick={() => void copy(text)} />
          <OpenLink url={url} />
        </span>
      </p>
      <blockquote className={isVerse ? "quran" : "naskh"} dir={directionOf(content) ?? undefined} lang={directionOf(content) === "rtl" ? "ar" : undefined}>
        {content}
      </blockquote>
      {translation && (
        <p className="translation" lang="en" dir="ltr">
          {translation}
        </p>
      )}
      {facts && (
        <p className="small" dir="auto">
          {facts}
        </p>
      )}
    </div>
  );
}
