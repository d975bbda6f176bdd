// Something that could not be done, and what to do about it. Knows nothing of what it was.

import { directionOf } from "../text/direction";
import { Told } from "./Told";

export function Fault({ text }: { readonly text: string | null | undefined }) {
  if (text === null || text === undefined) return null;
  return (
    <p className="fault" role="alert" dir={directionOf(text.replace(/`[^`]*`/gu, "")) ?? undefined}>
      <Told text={text} />
    </p>
  );
}
