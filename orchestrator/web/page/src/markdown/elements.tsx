// How the elements of prose look where they are more than themselves: links, pictures, code, tables, source markers.
// Knows nothing of Markdown.

import type { ComponentProps, ReactNode } from "react";
import type { Components, ExtraProps } from "streamdown";
import { isWeb } from "../cards/OpenLink";
import { useManner } from "../state/preferences";
import { exactly } from "../text/figures";
import { SignButton } from "../ui/Button";
import { useSource } from "../ui/citing";
import { copy } from "../ui/copying";
import { useWords } from "../words/words";

type Plain = "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "li" | "blockquote" | "strong" | "hr" | "thead" | "tbody" | "tr" | "th" | "td" | "bdi";

/** The element itself, with nothing that a library would have it wear. */
function plain<Name extends Plain>(Tag: Name) {
  return function Element({ node: _node, className: _className, ...rest }: ComponentProps<Name> & ExtraProps): ReactNode {
    const Any = Tag as React.ElementType;
    return <Any {...rest} />;
  };
}

function Link({ href, children, dir }: ComponentProps<"a"> & ExtraProps) {
  if (!href || !isWeb(href)) return <span dir={dir}>{children}</span>;
  return (
    <a href={href} dir={dir} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  );
}

// A picture of a foreign host would tell that host who reads; it stays a link.
function Picture({ src, alt }: ComponentProps<"img"> & ExtraProps) {
  const source = String(src ?? "");
  if (/^data:image\/(?:png|jpeg|webp|gif);base64,/u.test(source)) return <img src={source} alt={alt ?? ""} />;
  return <Link href={source}>{alt || source}</Link>;
}

function Source(props: ComponentProps<"sup"> & ExtraProps & { "data-source"?: string }) {
  const number = Number(props["data-source"]);
  const words = useWords();
  const manner = useManner();
  const show = useSource(number);
  if (!number) return <sup>{props.children}</sup>;
  if (!show) return <bdi dir="ltr">{props.children}</bdi>;
  const written = exactly(String(number), manner);
  return (
    <button type="button" className="cite" onClick={show} aria-label={words.source(written)}>
      {written}
    </button>
  );
}

function Code({ node: _node, className: _className, ...rest }: ComponentProps<"code"> & ExtraProps) {
  return <code {...rest} dir="ltr" />;
}

function Block({ children }: ComponentProps<"pre"> & ExtraProps) {
  const words = useWords();
  return (
    <div className="code" dir="ltr">
      <SignButton icon="copy" label={words.copy} onClick={(event) => void copy(event.currentTarget.nextElementSibling?.textContent ?? "")} />
      <pre tabIndex={0} aria-label={words.code}>
        {children}
      </pre>
    </div>
  );
}

function Table({ children, dir }: ComponentProps<"table"> & ExtraProps) {
  const words = useWords();
  return (
    <div className="wide-table" tabIndex={0} role="region" aria-label={words.table} dir={dir}>
      <table>{children}</table>
    </div>
  );
}

export const ELEMENTS: Components = {
  ...Object.fromEntries(
    (["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "strong", "hr", "thead", "tbody", "tr", "th", "td", "bdi"] as const).map(
      (name) => [name, plain(name)],
    ),
  ),
  a: Link,
  img: Picture,
  sup: Source,
  code: Code,
  pre: Block,
  table: Table,
};
