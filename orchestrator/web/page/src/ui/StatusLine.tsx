// Shows and reads out what the page has to say of itself. Knows nothing of what it does.

import { status } from "../state/status";
import { useStore } from "../state/store";
import { Told } from "./Told";

export function StatusLine() {
  const said = useStore(status, (value) => value.said);
  const shown = useStore(status, (value) => value.shown);
  return (
    <p className={shown && said ? "status shown" : "status"} role="status" aria-live="polite">
      <Told text={said} />
    </p>
  );
}
