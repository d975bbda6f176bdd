// Has an answer read aloud, and stops it. Knows nothing of voices.

import { useRef, useState } from "react";
import { aborted, ServiceError } from "../api/client";
import { aloud } from "../api/voice";
import { notify } from "../state/status";
import { directionOf } from "../text/direction";
import { spoken } from "../text/wording";
import { hush, play } from "../voice/player";
import { useWords } from "../words/words";
import { SignButton } from "./Button";

export function ReadAloud({ text }: { readonly text: string }) {
  const words = useWords();
  const abort = useRef<AbortController | null>(null);
  const [reading, setReading] = useState(false);
  const read = async (): Promise<void> => {
    abort.current = new AbortController();
    setReading(true);
    try {
      const said = spoken(text);
      await play(await aloud(said, directionOf(said) === "ltr" ? "en" : "ar", abort.current.signal));
    } catch (cause) {
      if (!aborted(cause) && !(cause instanceof ServiceError)) throw cause;
      if (cause instanceof ServiceError) notify(cause.message);
    } finally {
      setReading(false);
    }
  };
  const stop = (): void => {
    abort.current?.abort();
    hush();
  };
  return (
    <SignButton
      icon={reading ? "stop" : "sound"}
      label={reading ? words.hush : words.readAloud}
      aria-pressed={reading}
      onClick={() => (reading ? stop() : void read())}
    />
  );
}
