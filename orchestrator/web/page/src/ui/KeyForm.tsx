// Asks for a key where the server wants one. Knows nothing of what it opens.

import { useEffect, useState } from "react";
import { ask, ServiceError } from "../api/client";
import { presentKey } from "../state/preferences";
import { useWords } from "../words/words";

export function KeyForm() {
  const words = useWords();
  const [wanted, setWanted] = useState(false);
  const [key, setKey] = useState("");
  useEffect(() => {
    ask("v1/models").catch((cause: unknown) => {
      if (!(cause instanceof ServiceError)) throw cause;
      setWanted(cause.code === "invalid_authentication");
    });
  }, []);
  if (!wanted) return null;
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    presentKey(key.trim());
    setWanted(false);
  };
  return (
    <form className="notice" onSubmit={submit}>
      <label>
        <span>{words.key}</span>
        <input type="password" dir="ltr" autoComplete="off" required value={key} onChange={(event) => setKey(event.target.value)} />
      </label>
      <p className="small">{words.keySays}</p>
      <button className="primary">{words.useKey}</button>
    </form>
  );
}
