// Server-sent events out of a stream of text, however it is cut. Knows nothing of what they say.

/** Yield the data of each event. Comments (keep-alive) and other fields are passed over. */
export async function* eventData(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let pending = "";
  for await (const piece of pieces) {
    pending += piece;
    // A carriage return at the very end may be half of a line break.
    const frames = pending.split(/\r\n\r\n|\n\n|\r\r(?!$)/u);
    pending = frames.pop() ?? "";
    for (const frame of frames) {
      const data = dataOf(frame);
      if (data !== null) yield data;
    }
  }
}

function dataOf(frame: string): string | null {
  const lines = frame.split(/\r\n|\r|\n/u).filter((line) => line.startsWith("data:"));
  return lines.length ? lines.map((line) => line.slice(5).replace(/^ /u, "")).join("\n") : null;
}
