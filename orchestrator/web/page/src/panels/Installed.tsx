// What the platform can do now, and the one command for each thing that it cannot. Knows nothing of how it does it.

import { useEffect } from "react";
import { capabilities } from "../api/services";
import type { Capability } from "../api/types";
import { Command } from "../ui/Command";
import { Icon } from "../ui/Icon";
import { Told } from "../ui/Told";
import { Fault } from "../ui/Fault";
import { useWords } from "../words/words";
import { useAsked } from "./asking";
import { useSaid } from "./fields";
import { Panel } from "./Panel";

export default function Installed() {
  const words = useWords();
  const { answer, fault, ask } = useAsked<readonly Capability[]>();
  useEffect(() => ask(capabilities, ""), []);
  return (
    <Panel says={words.installedSays}>
      <Fault text={fault} />
      {answer && (
        <>
          <Shelf title={words.available} capabilities={answer.filter((each) => each.available)} />
          <Shelf title={words.missing} capabilities={answer.filter((each) => !each.available)} />
        </>
      )}
    </Panel>
  );
}

function Shelf({ title, capabilities }: { readonly title: string; readonly capabilities: readonly Capability[] }) {
  const words = useWords();
  const said = useSaid();
  if (!capabilities.length) return null;
  return (
    <section>
      <h2>{title}</h2>
      <ul className="capabilities">
        {capabilities.map(({ name, available, detail, remedy }) => (
          <li key={name} className={available ? "there" : "lacking"}>
            <Icon name={available ? "check" : "plus"} />
            <div>
              <p>
                <Told text={said(detail)} />
              </p>
              {remedy && <Command says={words.remedy} command={remedy} />}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
