// The tree of a conversation, and how it is written out.

import assert from "node:assert/strict";
import { test } from "node:test";
import { markdown } from "../src/chat/export";
import { leafUnder, path, renamed, siblings, type Turn } from "../src/chat/tree";
import { en } from "../src/words/en";

const turn = (id: string, parent: string | null, role: Turn["role"] = "user"): Turn => ({ id, parent, role, content: id, metadata: {} });
const TREE = [turn("q1", null), turn("a1", "q1", "assistant"), turn("a2", "q1", "assistant"), turn("q2", "a1"), turn("q3", null)];
const ids = (turns: readonly Turn[]): string[] => turns.map((each) => each.id);

test("a path goes from the beginning to its leaf", () => {
  assert.deepEqual(ids(path(TREE, "q2")), ["q1", "a1", "q2"]);
  assert.deepEqual(path(TREE, null), []);
  assert.deepEqual(path(TREE, "gone"), []);
});

test("a circle that a server sent ends somewhere", () => {
  assert.equal(path([turn("a", "b"), turn("b", "a")], "a").length, 2);
});

test("siblings are the turns that answer the same", () => {
  assert.deepEqual(ids(siblings(TREE, TREE[1]!)), ["a1", "a2"]);
  assert.deepEqual(ids(siblings(TREE, TREE[0]!)), ["q1", "q3"]);
});

test("the leaf under a turn is the newest", () => {
  assert.equal(leafUnder(TREE, "q1"), "a2");
  assert.equal(leafUnder(TREE, "a1"), "q2");
});

test("a new id is taken over wherever the old one is named, and the turn keeps what it was called", () => {
  const next = renamed(TREE, "q1", "msg-1");
  assert.deepEqual(ids(path(next, "q2")), ["msg-1", "a1", "q2"]);
  assert.equal(next[0]!.key, "q1");
});

test("a conversation is written out with its sources", () => {
  const references = [{ index: 0, number: 1, source: "", content: "words", corpus: "quran", reference: "2:255", url: "https://quran.com/2/255" }];
  const written = markdown("Title", [turn("Why?", null), { ...turn("So.", "Why?", "assistant"), metadata: { references } }], en);
  assert.match(written, /^# Title\n\n## You\n\nWhy\?\n\n## Fanar\n\nSo\./u);
  assert.match(written, /1\. \[The Quran 2:255\]\(https:\/\/quran\.com\/2\/255\)\n\n {3}> words/u);
});
