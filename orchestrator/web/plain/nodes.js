// Makes elements. All text goes in as text: nothing that a model or a user wrote is ever read as markup.

export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null) continue;
    if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// Paragraphs, each in its own direction; [n] becomes a link to the source n.
export function paragraphs(text, sourceId) {
  return text.split(/\n+/).filter((line) => line.trim()).map((line) => {
    const pieces = line.split(/(\[\d{1,3}\])/).map((piece) => {
      const number = /^\[(\d+)\]$/.exec(piece)?.[1];
      const id = number && sourceId(number);
      return id ? element("a", { href: `#${id}`, class: "marker" }, piece) : piece;
    });
    return element("p", { dir: "auto" }, ...pieces);
  });
}

// Only ordinary web links leave the page; anything else is shown without a link.
export function link(url, text) {
  return /^https?:\/\//.test(url ?? "") ? element("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text) : null;
}

export const verse = (text) => element("blockquote", { class: "verse", lang: "ar", dir: "rtl" }, text);
