// Directions in the tree that Markdown becomes.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Element, ElementContent, Root } from "hast";
import { directions } from "../src/markdown/directions";

const text = (value: string): ElementContent => ({ type: "text", value });
const element = (tagName: string, ...children: ElementContent[]): Element => ({ type: "element", tagName, properties: {}, children });

function directed(...children: Element[]): Element[] {
  const root: Root = { type: "root", children };
  directions()(root);
  return root.children as Element[];
}

test("each block has the direction of its own letters", () => {
  const [arabic, english] = directed(element("p", text("نص عربي مع English")), element("h2", text("A heading")));
  assert.equal(arabic!.properties.dir, "rtl");
  assert.equal(english!.properties.dir, "ltr");
});

test("code has no say and runs from left to right", () => {
  const [block] = directed(element("p", text("نفّذ "), element("code", text("docker compose up --build"))));
  assert.equal(block!.properties.dir, "rtl");
  assert.equal((block!.children[1] as Element).properties.dir, "ltr");
});

test("an item does not count the list within it, and a list runs as its first item", () => {
  const inner = element("ul", element("li", text("a much longer English item than the Arabic")));
  const [list] = directed(element("ul", element("li", text("بند"), inner)));
  assert.equal(list!.properties.dir, "rtl");
  assert.equal((list!.children[0] as Element).properties.dir, "rtl");
  assert.equal(inner.properties.dir, "ltr");
});

test("a table runs as its first words do, and each cell as its words do", () => {
  const head = element("thead", element("tr", element("th"), element("th", text("الاسم")), element("th", text("Visual Studio Code"))));
  const cell = element("td", text("Visual Studio Code and other editors"));
  const [table] = directed(element("table", head, element("tbody", element("tr", cell))));
  assert.equal(table!.properties.dir, "rtl");
  assert.equal(cell.properties.dir, "ltr");
});

test("figures are isolated and source markers become elements of their own", () => {
  const [block] = directed(element("p", text("في 2026-11-22 بلغ 15% [3].")));
  const names = block!.children.map((child) => (child.type === "element" ? child.tagName : "text"));
  assert.deepEqual(names, ["text", "bdi", "text", "bdi", "text", "sup", "text"]);
  assert.equal((block!.children[5] as Element).properties.dataSource, "3");
});

test("nothing is taken apart within code", () => {
  const [block] = directed(element("pre", element("code", text("x = 10-12 [1]"))));
  assert.equal((block!.children[0] as Element).children.length, 1);
});
