// One source of an answer: a verse, a hadith with its grade, or a passage of a book or a document. Knows nothing of the answer.

import type { Reference } from "../api/types";
import { useManner } from "../state/preferences";
import { exactly, figure } from "../text/figures";
import { directionOf } from "../text/direction";
import { SignButton } from "../ui/Button";
import { copy } from "../ui/copying";
import { useWords, type Words } from "../words/words";
import { OpenLink } from "./OpenLink";

export function SourceCard({ reference }: { readonly reference: Reference }) {
  const words = useWords();
  const manner = useManner();
  const { number, content, translation, url, grade } = reference;
  const place = placeOf(reference, words);
  const isVerse = reference.corpus === "quran";
  const quoted = isVerse ? `﴿${content}﴾` : content;
  const facts = [reference.madhab, reference.book, reference.author ?? reference.mufti].filter(Boolean).join(" · ");
  const stated = grade && grade !== "unstated" ? `${words.grade}: ${grade}` : words.gradeUnstated;
  return (
    <div className={`card ${isVerse ? "quranic" : ""}`}>
      <p className="place">
        <span className="number">{figure(number, manner)}</span>
        <span>
          <bdi>{reference.filename ?? exactly(place, manner)}</bdi>
          {reference.filename && reference.page && ` · ${words.page} ${figure(reference.page, manner)}`}
        </span>
        {(grade || reference.collection) && (
          <span className="grade" dir="auto">
            {stated}
          </span>
        )}
        <span className="gap" />
        <SignButton icon="copy" label={words.copyWithSource} onClick={() => void copy([quoted, translation, place, url].filter(Boolean).join("\n"))} />
        <OpenLink url={url} />
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

function placeOf({ corpus, collection, reference, filename, page }: Reference, words: Words): string {
  if (filename) return page ? `${filename} · ${words.page} ${page}` : filename;
  if (corpus === "quran") return `${words.quran} ${reference}`;
  return `${collection ?? corpus} ${reference}`;
}
