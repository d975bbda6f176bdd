// Direction, steadiness, segments, code points and figures: what text is made of.

import assert from "node:assert/strict";
import { test } from "node:test";
import { numberIn } from "../src/text/numerals";
import { directionOf } from "../src/text/direction";
import { exactly } from "../src/text/figures";
import { Points } from "../src/text/points";
import { type Passage, segments, wholeVerses } from "../src/text/segments";
import { steady } from "../src/text/steady";
import { spoken, withoutPictures } from "../src/text/wording";

test("the majority of strong letters decides, the first of them where there are as many", () => {
  assert.equal(directionOf("React مكتبة لبناء الواجهات"), "rtl");
  assert.equal(directionOf("The word سلام means peace"), "ltr");
  assert.equal(directionOf("ab نص"), "ltr");
  assert.equal(directionOf("نص ab"), "rtl");
  assert.equal(directionOf("١٢٣ + 45 = …"), null);
});

test("addresses have no say in the direction", () => {
  assert.equal(directionOf("راجع https://example.com/a/very/long/path/indeed"), "rtl");
  assert.equal(directionOf("اكتب إلى someone.with.a.long.name@example.com"), "rtl");
});

test("a line that leans against what is expected is held back until it leans overwhelmingly", () => {
  assert.equal(steady("FastAPI", "rtl"), "");
  assert.equal(steady("FastAPI إطار عمل حديث", "rtl"), "FastAPI إطار عمل حديث");
  const english = "This is a long line of English prose that goes on and on";
  assert.equal(steady(english, "rtl"), english);
  assert.equal(steady("نعم\nThe", "rtl"), "نعم\n");
});

test("a line runs as the one before it, and code is never held back", () => {
  assert.equal(steady("A sentence in English.\nAnd", "rtl"), "A sentence in English.\nAnd");
  assert.equal(steady("نص\n```\nprint", "rtl"), "نص\n```\nprint");
});

test("what is shown of a growing line only grows, and never turns round where it began as expected", () => {
  const line = "يستخدم Python وDjango في بناء التطبيقات، مثل https://example.org/docs وغيرها";
  let before = "";
  for (let end = 1; end <= line.length; end += 1) {
    const shown = steady(line.slice(0, end), "rtl");
    assert.ok(shown.startsWith(before), shown);
    if (directionOf(shown)) assert.equal(directionOf(shown), "rtl");
    before = shown;
  }
});

const only = (text: string): Passage => segments(text).find((part) => part.kind !== "prose")!;

test("verses on lines of their own are taken out with their meaning, their place, their link and their numbers", () => {
  const verses = '﴿قُلْ هُوَ ٱللَّهُ أَحَدٌ﴾\n﴿ٱللَّهُ ٱلصَّمَدُ﴾\n“Say, "He is One”\n“The Refuge”\nالإخلاص 112:1–2 · https://quran.com/112/1-2 [1]';
  const [before, verse, after] = segments(`قبل\n\nبِسْمِ ٱللَّهِ ٱلرَّحْمَـٰنِ ٱلرَّحِيمِ\n${verses}\n\nبعد`);
  assert.deepEqual(verse, {
    kind: "verses",
    text: `بِسْمِ ٱللَّهِ ٱلرَّحْمَـٰنِ ٱلرَّحِيمِ\n${verses}`,
    parts: ["قُلْ هُوَ ٱللَّهُ أَحَدٌ", "ٱللَّهُ ٱلصَّمَدُ"],
    opening: "بِسْمِ ٱللَّهِ ٱلرَّحْمَـٰنِ ٱلرَّحِيمِ",
    translation: 'Say, "He is One\nThe Refuge',
    place: "الإخلاص 112:1–2",
    url: "https://quran.com/112/1-2",
    numbers: [1],
  });
  assert.equal(before?.kind, "prose");
  assert.equal(after?.kind, "prose");
});

test("a verse within a sentence stays in it", () => {
  assert.deepEqual(segments("قال تعالى ﴿قل هو الله أحد﴾ صدق الله").map((part) => part.kind), ["prose"]);
});

test("a hadith is taken out whole with its source below it, and words without a source are words", () => {
  const hadith = only("قبل:\n\n«حَدَّثَنَا ‏ ‏\nإِنَّمَا الأَعْمَالُ ‏»\nصحيح البخاري 1 · الدرجة: صحيح · https://sunnah.com/bukhari:1 [2]\n\nبعد");
  assert.deepEqual([hadith.kind, hadith.parts, hadith.numbers], ["quoted", ["حَدَّثَنَا ‏ ‏\nإِنَّمَا الأَعْمَالُ ‏"], [2]]);
  assert.deepEqual([hadith.place, hadith.url], ["صحيح البخاري 1 · الدرجة: صحيح", "https://sunnah.com/bukhari:1"]);
  assert.equal(only("«قال كذا»\nثم مضى."), undefined);
  assert.equal(only("«أ»\n\nصحيح البخاري 1 [1]"), undefined);
});

test("half a verse is not shown", () => {
  assert.equal(wholeVerses("نص ﴿قل هو"), "نص ");
  assert.equal(wholeVerses("﴿قل﴾ ثم"), "﴿قل﴾ ثم");
});

test("offsets are code points", () => {
  assert.equal(new Points("😀سلام").slice(1, 3), "سل");
});

test("digits are exchanged only where the reader wants them", () => {
  const manner = { language: "ar", digits: "arab", calendar: "hijri" } as const;
  assert.equal(exactly("1/24", manner), "١/٢٤");
  assert.equal(exactly("1/24", { ...manner, digits: "latn" }), "1/24");
  assert.equal(exactly("1/24", { ...manner, language: "en" }), "1/24");
});

test("numbers are read in all digits people write", () => {
  assert.equal(numberIn("٢٧٬٠٠٠٫٥"), 27000.5);
  assert.equal(numberIn("1,200"), 1200);
  assert.equal(numberIn("-3"), null);
  assert.equal(numberIn(""), null);
});

test("a picture is its description to whoever reads on", () => {
  assert.equal(withoutPictures("![زليج](data:image/png;base64,AAAA)\n\nنص [1]"), "زليج\n\nنص [1]");
  assert.equal(spoken("![زليج](data:image/png;base64,AAAA) نص [1]."), "زليج نص .");
});
