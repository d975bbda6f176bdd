// A text as its source has it, letter by letter: verses, a hadith with its grade, a passage of a book; with where it stands.
// Knows nothing of why it is shown.

import "../style/passage.css";
import { useManner } from "../state/preferences";
import { directionOf } from "../text/direction";
import { figure } from "../text/figures";
import { useWords } from "../words/words";
import { SignButton } from "../ui/Button";
import { useSource } from "../ui/citing";
import { copy } from "../ui/copying";
import { OpenLink } from "./OpenLink";

export interface CardText {
  readonly isVerse: boolean;
  readonly parts: readonly string[];
  readonly opening?: string;
  readonly translation: string | null;
  readonly place: string;
  readonly grade?: string | null;
  readonly url: string | null;
  /** Under which number the answer cites it. */
  readonly number: number | null;
}

export function PassageCard({ passage }: { readonly passage: CardText }) {
  const words = useWords();
  const manner = useManner();
  const show = useSource(passage.number ?? 0);
  const { isVerse, parts, opening, place, grade, url, translation } = passage;
  return (
    <figure className={isVerse ? "verse" : "hadith"}>
      {opening && (
        <p className="opening quran" lang="ar" dir="rtl">
          {opening}
        </p>
      )}
      {parts.map((part, index) => (
        <blockquote key={index} {...(isVerse ? { lang: "ar", dir: "rtl" } : { dir: directionOf(part) ?? undefined })}>
          {part.trim()}
        </blockquote>
      ))}
      {translation && (
        <p className="translation" dir={directionOf(translation) ?? undefined}>
          {translation}
        </p>
      )}
      <figcaption>
        <bdi>{place}</bdi>
        {grade && <span className="grade">{grade}</span>}
        {show && (
          <button type="button" className="cite" onClick={show} aria-label={words.source(figure(passage.number!, manner))}>
            {figure(passage.number!, manner)}
          </button>
        )}
        <span className="gap" />
        <SignButton icon="copy" label={words.copyWithSource} onClick={() => void copy(written(passage))} />
        <OpenLink url={url} />
      </figcaption>
    </figure>
  );
}

/** A text and its source as one has them on the clipboard. */
export function written({ isVerse, parts, translation, place, grade, url }: CardText): string {
  const quoted = parts.map((part) => (isVerse ? `﴿${part}﴾` : `«${part}»`));
  return [...quoted, translation, [place, grade, url].filter(Boolean).join(" · ")].filter(Boolean).join("\n");
}
