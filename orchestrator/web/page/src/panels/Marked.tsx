// A text with what was found in it marked and numbered. Knows nothing of what a mark stands for.

import { useManner } from "../state/preferences";
import { directionOf } from "../text/direction";
import { figure } from "../text/figures";
import type { Points } from "../text/points";
import type { Kind } from "../text/verdicts";

/** Offsets are end-exclusive code points; a mark may stand within another. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly kind: Kind;
  readonly number: number;
}

interface Props {
  readonly text: string;
  readonly points: Points;
  readonly marks: readonly Mark[];
}

export function Marked({ text, points, marks }: Props) {
  return (
    <p className="marked" dir={directionOf(text) ?? undefined}>
      <Stretch points={points} marks={marks} start={0} end={points.length} />
    </p>
  );
}

interface StretchProps extends Omit<Props, "text"> {
  readonly start: number;
  readonly end: number;
}

function Stretch({ points, marks, start, end }: StretchProps) {
  const manner = useManner();
  const pieces: React.ReactNode[] = [];
  let at = start;
  for (const [index, mark] of marks.entries()) {
    if (mark.start < at) continue;
    const until = Math.min(mark.end, end);
    const within = marks.slice(index + 1).filter((each) => each.start < until);
    pieces.push(
      points.slice(at, mark.start),
      <mark key={mark.number} className={mark.kind} dir={directionOf(points.slice(mark.start, until)) ?? undefined}>
        <Stretch points={points} marks={within} start={mark.start} end={until} />
        <sup>{figure(mark.number, manner)}</sup>
      </mark>,
    );
    at = until;
  }
  return [...pieces, points.slice(at, end)];
}
