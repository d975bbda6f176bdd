// Shows what a pasted text quotes, and word by word what is wrong. Knows nothing of conversations.

import { element, verse } from "./nodes.js";
import { ask } from "./service.js";
import { say } from "./words.js";

const FAITHFUL = new Set(["exact", "exact_undiacritised", "orthographic_variant"]);

export async function check(text, place) {
  const report = await ask("v1/attributions", { text });
  // The service counts code points, JavaScript counts UTF-16 units.
  const letters = Array.from(text);
  place.replaceChildren(
    report.quotes.length ? marked(letters, report.quotes) : element("p", {}, say("nothingFound")),
    ...report.quotes.map((quote, index) => finding(letters, quote, index + 1)),
  );
}

function marked(letters, quotes) {
  const pieces = [];
  let at = 0;
  quotes.forEach((quote, index) => {
    pieces.push(letters.slice(at, quote.start).join(""));
    const kind = FAITHFUL.has(quote.status) ? "right" : "wrong";
    pieces.push(element("mark", { class: kind }, letters.slice(quote.start, quote.end).join(""), element("sup", {}, ` ${index + 1}`)));
    at = Math.max(at, quote.end);
  });
  return element("p", { class: "pasted", dir: "auto" }, ...pieces, letters.slice(at).join(""));
}

function finding(letters, quote, number) {
  const wrong = !FAITHFUL.has(quote.status);
  const claim = quote.claimed_reference;
  return element("article", { class: `card ${wrong ? "wrong" : "right"}` },
    element("h3", {}, `${number}. ${say("statuses")[quote.status] ?? quote.status}`),
    element("p", { dir: "rtl", lang: "ar", class: "verse" }, ...compared(letters, quote)),
    quote.differences.length ? element("ul", {}, ...quote.differences.map(difference)) : null,
    wrong && quote.correction ? element("h4", {}, say("rightText")) : null,
    wrong && quote.correction ? verse(quote.correction) : null,
    quote.reference ? element("p", { class: "reference" }, `${say("reference")}: `, element("bdi", {}, quote.reference)) : null,
    claim && !claim.correct ? element("p", { class: "error" }, `${say("wrongReference")}: `, element("bdi", {}, claim.text)) : null);
}

function compared(letters, quote) {
  const pieces = [];
  let at = quote.start;
  for (const each of [...quote.differences].sort((a, b) => a.start - b.start)) {
    if (each.start < at) continue;
    pieces.push(letters.slice(at, each.start).join(""));
    if (each.found) pieces.push(element("del", {}, letters.slice(each.start, each.end).join("")));
    if (each.expected) pieces.push(" ", element("ins", {}, each.expected), " ");
    at = each.end;
  }
  return [...pieces, letters.slice(at, quote.end).join("")];
}

function difference(each) {
  const word = (text) => element("bdi", { lang: "ar" }, `«${text}»`);
  if (!each.expected) return element("li", {}, word(each.found), ` ${say("surplus")}`);
  if (!each.found) return element("li", {}, word(each.expected), ` ${say("lacking")}`);
  return element("li", {}, word(each.found), ` ${say("instead")} `, word(each.expected));
}
