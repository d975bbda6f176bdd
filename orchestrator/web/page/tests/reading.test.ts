// Events out of a stream, and what an address names.

import assert from "node:assert/strict";
import { test } from "node:test";
import { eventData } from "../src/api/sse";
import { hashOf, placeOf } from "../src/state/place";

async function read(pieces: readonly string[]): Promise<string[]> {
  async function* stream(): AsyncGenerator<string> {
    yield* pieces;
  }
  const found: string[] = [];
  for await (const data of eventData(stream())) found.push(data);
  return found;
}

const STREAM = ': keep-alive\n\ndata: {"a":1}\n\nevent: x\ndata: one\ndata:two\n\n: c\n\ndata: [DONE]\n\n';
const EVENTS = ['{"a":1}', "one\ntwo", "[DONE]"];

test("events are the same wherever the stream is cut", async () => {
  for (let cut = 0; cut <= STREAM.length; cut += 1) {
    assert.deepEqual(await read([STREAM.slice(0, cut), STREAM.slice(cut)]), EVENTS);
  }
});

test("line ends may be those of any machine", async () => {
  assert.deepEqual(await read([STREAM.replaceAll("\n", "\r\n")]), EVENTS);
});

test("an event without its end is none", async () => {
  assert.deepEqual(await read(["data: half"]), []);
});

test("an address names a place and a place its address", () => {
  for (const hash of ["#/", "#/c/conv-1a", "#/check", "#/shared/share-2b"]) assert.equal(hashOf(placeOf(hash)), hash);
  assert.deepEqual(placeOf("#/nowhere"), { view: "chat", id: null });
  assert.deepEqual(placeOf("#/c/../x"), { view: "chat", id: null });
});
