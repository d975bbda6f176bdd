// Code points: the service counts them, JavaScript counts UTF-16 units. Knows nothing of what offsets mean.

/** A text that can be cut by code points. */
export class Points {
  readonly #points: readonly string[];

  constructor(text: string) {
    this.#points = Array.from(text);
  }

  get length(): number {
    return this.#points.length;
  }

  slice(start: number, end: number = this.#points.length): string {
    return this.#points.slice(start, end).join("");
  }
}
