// Speak instead of writing: what is said comes into the question as text. Knows nothing of what is asked.

import { useRef, useState } from "react";
import { ServiceError } from "../api/client";
import { transcript } from "../api/services";
import { notify } from "../state/status";
import { record, type Recording } from "../voice/recorder";
import { useWords } from "../words/words";
import { SignButton } from "./Button";

export function Microphone({ onText }: { readonly onText: (text: string) => void }) {
  const words = useWords();
  const [state, setState] = useState<"idle" | "recording" | "writing">("idle");
  const recording = useRef<Recording | null>(null);
  const begin = async (): Promise<void> => {
    try {
      recording.current = await record();
      setState("recording");
      notify(words.listening);
    } catch (cause) {
      if (!(cause instanceof DOMException)) throw cause;
      notify(words.noMicrophone);
    }
  };
  const end = async (): Promise<void> => {
    setState("writing");
    notify(words.writing);
    try {
      const sound = await recording.current!.finish();
      let said = "";
      for await (const text of transcript(sound, AbortSignal.timeout(120_000))) {
        said = text;
        notify(said);
      }
      if (said.trim()) onText(said.trim());
    } catch (cause) {
      if (!(cause instanceof ServiceError)) throw cause;
      notify(cause.message);
    } finally {
      setState("idle");
    }
  };
  const active = state === "recording";
  return (
    <SignButton
      icon={active ? "stop" : "microphone"}
      label={active ? words.stopSpeaking : words.speak}
      aria-pressed={active}
      className={active ? "recording" : ""}
      disabled={state === "writing"}
      onClick={() => void (active ? end() : begin())}
    />
  );
}
