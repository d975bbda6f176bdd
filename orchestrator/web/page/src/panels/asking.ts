// Asks a service once for what a form says, and keeps its answer or its refusal. Knows nothing of forms or services.

import { useState } from "react";
import { ServiceError } from "../api/client";
import { tell } from "../state/status";

export interface Asked<T> {
  readonly answer: T | null;
  readonly fault: string | null;
  readonly busy: boolean;
  readonly ask: (what: () => Promise<T>, said: string) => void;
  readonly refuse: (fault: string) => void;
}

export function useAsked<T>(): Asked<T> {
  const [answer, setAnswer] = useState<T | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const attempt = async (what: () => Promise<T>, said: string): Promise<void> => {
    setBusy(true);
    setFault(null);
    try {
      setAnswer(await what());
      tell(said);
    } catch (cause) {
      if (!(cause instanceof ServiceError)) throw cause;
      setAnswer(null);
      setFault(cause.message);
      tell(cause.message);
    } finally {
      setBusy(false);
    }
  };
  return { answer, fault, busy, ask: (what, said) => void attempt(what, said), refuse: setFault };
}
