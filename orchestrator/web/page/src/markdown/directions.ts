// Gives every block of an answer the direction that its own letters have, and keeps code, addresses and figures from left to right.
// Works on the tree that Markdown becomes. Knows nothing of elements on the page.

import type { Element, ElementContent, Root, Text } from "hast";
import { count, type Direction, leaning, NONE, type Lead } from "../text/direction";

const BLOCKS = new Set(["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "td", "th", "ul", "ol", "table"]);
/** What has a direction of its own does not count for the block around it. */
const APART = new Set(["code", "pre", "ul", "ol", "table"]);
const FIGURES = /[+\-−]?\d[\d.,:/–-]*\d%?|(?<!\[)\d+%/gu;
const MARKER = /\[(\d{1,3})\]/gu;

const isElement = (node: ElementContent | Root): node is Element => node.type === "element";

/** A rehype plugin. */
export function directions() {
  return (tree: Root): void => visit(tree);
}

function visit(node: Root | Element): void {
  for (const child of node.children) {
    if (child.type !== "element") continue;
    if (BLOCKS.has(child.tagName)) direct(child);
    if (child.tagName === "code" || child.tagName === "pre") child.properties.dir = "ltr";
    else if (child.tagName === "a") isolateAddress(child);
    else visit(child);
  }
  if (isElement(node as Element) && node.type === "element" && node.tagName !== "pre") node.children = node.children.flatMap(parted);
}

function direct(block: Element): void {
  const side = leaning(leadOf(evidence(block)));
  if (side) block.properties.dir = side;
}

// A list runs as its first item does and a table as its first cell with words does: both stand before the rest has come.
function evidence(block: Element): readonly ElementContent[] {
  if (block.tagName === "ul" || block.tagName === "ol") return first(block, ["li"])?.children ?? [];
  if (block.tagName === "table") return first(block, ["th", "td"])?.children ?? [];
  return block.children;
}

/** The first element of these names within `block` that has letters. */
function first(block: Element, names: readonly string[]): Element | undefined {
  for (const child of block.children) {
    if (child.type !== "element") continue;
    if (names.includes(child.tagName) && leaning(leadOf(child.children))) return child;
    const found = names.includes(child.tagName) ? undefined : first(child, names);
    if (found) return found;
  }
  return undefined;
}

function leadOf(nodes: readonly ElementContent[], before: Lead = NONE): Lead {
  let lead = before;
  for (const node of nodes) {
    if (node.type === "text") lead = count(node.value, lead);
    else if (node.type === "element" && !APART.has(node.tagName)) lead = leadOf(node.children, lead);
  }
  return lead;
}

function isolateAddress(link: Element): void {
  const text = link.children.map((child) => (child.type === "text" ? child.value : "")).join("");
  if (/^(?:https?:\/\/|www\.|[\w.+-]+@)/u.test(text)) link.properties.dir = "ltr";
}

/** Take figures and source markers out of a text, each into an element of its own. */
function parted(node: ElementContent): ElementContent[] {
  if (node.type !== "text") return [node];
  return split(node, MARKER, (match) => ({
    type: "element",
    tagName: "sup",
    properties: { dataSource: match[1]! },
    children: [{ type: "text", value: match[0] }],
  })).flatMap((each) =>
    each.type === "text"
      ? split(each, FIGURES, (match) => ({ type: "element", tagName: "bdi", properties: { dir: "ltr" satisfies Direction }, children: [{ type: "text", value: match[0] }] }))
      : [each],
  );
}

function split(text: Text, pattern: RegExp, made: (match: RegExpExecArray) => Element): ElementContent[] {
  const found: ElementContent[] = [];
  let at = 0;
  for (const match of text.value.matchAll(pattern)) {
    if (match.index > at) found.push({ type: "text", value: text.value.slice(at, match.index) });
    found.push(made(match));
    at = match.index + match[0].length;
  }
  if (at < text.value.length) found.push({ type: "text", value: text.value.slice(at) });
  return found;
}
