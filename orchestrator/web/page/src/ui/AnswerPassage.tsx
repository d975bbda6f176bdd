// A text that an answer shows on its own, as its source has it. Knows nothing of the answer's other words.

import type { Reference } from "../api/types";
import { PassageCard } from "../cards/PassageCard";
import { gradeOf, placeOf } from "../chat/standing";
import { useManner } from "../state/preferences";
import { exactly } from "../text/figures";
import type { Passage } from "../text/segments";
import { useWords } from "../words/words";

export function AnswerPassage({ passage, source }: { readonly passage: Passage; readonly source: Reference | undefined }) {
  const words = useWords();
  const manner = useManner();
  const isVerse = passage.kind === "verses";
  const isHadith = source !== undefined && !isVerse && Boolean(source.collection ?? source.grade);
  // An English meaning is for readers of English, unless the answer itself gives it.
  const meaning = manner.language === "en" ? source?.translation : null;
  return (
    <PassageCard
      passage={{
        isVerse,
        parts: isVerse || !source ? passage.parts : passage.parts.map((part) => verbatim(part, source.content)),
        opening: passage.opening,
        translation: meaning ?? (passage.translation || null),
        place: exactly(isHadith ? placeOf(source, words) : passage.place || words.quran, manner),
        grade: source && !isVerse ? gradeOf(source, words) : null,
        url: passage.url,
        number: source?.number ?? null,
      }}
    />
  );
}

/** The source's own words: all of them, a part, or all with what the answer says behind them of its having cut them. */
const verbatim = (shown: string, content: string): string =>
  content.includes(shown) || shown.startsWith(content.trim()) ? shown : content;
