// Numbers that people write, in whichever digits. Knows nothing of what is counted.

const DIGIT = /[\u0660-\u0669\u06f0-\u06f9]/gu;

/** The number that was written; null where nothing or no number was. */
export function numberIn(text: string): number | null {
  const plain = text
    .replace(DIGIT, (digit) => String(digit.codePointAt(0)! & 0xf))
    .replace(/[٬,\s]/gu, "")
    .replace("٫", ".");
  return /^\d+(?:\.\d+)?$/u.test(plain) ? Number(plain) : null;
}
