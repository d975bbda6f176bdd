// A window over the page that holds the focus until it is closed. Knows nothing of what stands in it.

import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { useWords } from "../words/words";
import { SignButton } from "./Button";

interface Props {
  readonly title: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly trigger?: ReactNode;
  readonly children: ReactNode;
}

export function Modal({ title, open, onOpenChange, trigger, children }: Props) {
  const words = useWords();
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      {trigger && <Dialog.Trigger asChild>{trigger}</Dialog.Trigger>}
      <Dialog.Portal>
        <div className="veil" aria-hidden="true" />
        <Dialog.Content className="modal" aria-describedby={undefined}>
          <header>
            <Dialog.Title>{title}</Dialog.Title>
            <Dialog.Close asChild>
              <SignButton icon="close" label={words.close} />
            </Dialog.Close>
          </header>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
