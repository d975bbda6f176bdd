// The attachments of the next question, each to be taken away again. Knows nothing of where they go.

import { useWords } from "../words/words";
import type { Attachments as Attaching } from "./attaching";
import { SignButton } from "./Button";
import { Icon } from "./Icon";

export function Attachments({ attachments }: { readonly attachments: Attaching }) {
  const words = useWords();
  if (!attachments.list.length) return null;
  return (
    <ul className="attachments" aria-label={words.attached}>
      {attachments.list.map(({ key, name, picture, id }) => (
        <li key={key}>
          {picture ? <img src={picture} alt="" width="28" height="28" /> : <Icon name="file" />}
          <bdi>{name}</bdi>
          {!picture && !id && <span className="small">{words.reading}</span>}
          <SignButton icon="close" label={words.detach(name)} onClick={() => attachments.remove(key)} />
        </li>
      ))}
    </ul>
  );
}
