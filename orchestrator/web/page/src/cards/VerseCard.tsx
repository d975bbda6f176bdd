// A verse as its source has it, letter by letter, with where it stands. Knows nothing of why it is shown.

import "../style/verse.css";
import { useManner } from "../state/preferences";
import { figure } from "../text/figures";
import { useWords } from "../words/words";
import { SignButton } from "../ui/Button";
import { useSource } from "../ui/citing";
import { copy } from "../ui/copying";
import { OpenLink } from "./OpenLink";

export interface Verse {
  readonly text: string;
  readonly place: string;
  readonly url: string | null;
  readonly translation: string | null;
  /** Under which number the answer cites it. */
  readonly number: number | null;
}

export function VerseCard({ verse }: { readonly verse: Verse }) {
  const words = useWords();
  const manner = useManner();
  const show = useSource(verse.number ?? 0);
  const { text, place, url, translation } = verse;
  const written = [`﴿${text}﴾`, translation, [place, url].filter(Boolean).join(" · ")].filter(Boolean).join("\n");
  return (
    <figure className="verse">
      <blockquote lang="ar" dir="rtl">
        {text}
      </blockquote>
      {translation && (
        <p className="translation" lang="en" dir="ltr">
          {translation}
        </p>
      )}
      <figcaption>
        <bdi>{place || words.quran}</bdi>
        {show && (
          <button type="button" className="cite" onClick={show} aria-label={words.source(figure(verse.number!, manner))}>
            {figure(verse.number!, manner)}
          </button>
        )}
        <span className="gap" />
        <SignButton icon="copy" label={words.copyWithSource} onClick={() => void copy(written)} />
        <OpenLink url={url} />
      </figcaption>
    </figure>
  );
}
