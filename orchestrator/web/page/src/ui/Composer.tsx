// The place to ask: words, attachments, voice. Knows nothing of answers but whether one is coming.

import { useEffect, useRef, useState } from "react";
import { session } from "../chat/session";
import { useStore } from "../state/store";
import { directionOf } from "../text/direction";
import { useWords } from "../words/words";
import { loadProse } from "./AnswerBody";
import { Attachments } from "./Attachments";
import { useAttachments } from "./attaching";
import { SignButton } from "./Button";
import { Microphone } from "./Microphone";

export function Composer() {
  const words = useWords();
  const [text, setText] = useState("");
  const busy = useStore(session.store, (state) => state.live !== null);
  const attachments = useAttachments();
  const field = useRef<HTMLTextAreaElement>(null);
  useGrowing(field, text);
  useEscape();
  const send = (): void => {
    if (!text.trim() || busy || attachments.busy) return;
    void session.ask(text, attachments.attached);
    attachments.sent();
    setText("");
    field.current?.focus();
  };
  const keyed = (event: React.KeyboardEvent): void => {
    // While an input method composes a word, Enter only ends the word.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    send();
  };
  return (
    <form className="composer" onSubmit={(event) => (event.preventDefault(), send())}>
      <Attachments attachments={attachments} />
      <div className="box">
        <textarea
          id="question"
          ref={field}
          rows={1}
          maxLength={20_000}
          dir={directionOf(text) ?? undefined}
          value={text}
          aria-label={words.question}
          placeholder={words.questionHint}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={keyed}
          onFocus={() => void loadProse()}
          onPaste={(event) => event.clipboardData.files.length && attachments.add(event.clipboardData.files)}
        />
        <div className="bar">
          <SignButton icon="attach" label={words.attach} onClick={attachments.choose} />
          <Microphone onText={(said) => setText((before) => (before ? `${before.trimEnd()} ${said}` : said))} />
          <span className="gap" />
          {busy ? (
            <SignButton icon="stop" label={words.stop} className="primary" onClick={session.stop} />
          ) : (
            <SignButton icon="send" label={words.send} className="primary" type="submit" disabled={!text.trim() || attachments.busy} />
          )}
        </div>
      </div>
    </form>
  );
}

function useGrowing(field: React.RefObject<HTMLTextAreaElement | null>, text: string): void {
  useEffect(() => {
    const element = field.current;
    // Where the style sheet lets the field grow by itself, nothing is to be measured at each letter.
    if (!element || CSS.supports("field-sizing", "content")) return;
    element.style.blockSize = "auto";
    element.style.blockSize = `${element.scrollHeight}px`;
  }, [field, text]);
}

function useEscape(): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.key === "Escape" && !event.defaultPrevented) session.stop();
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
}
