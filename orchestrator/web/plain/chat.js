// One conversation: questions, streamed answers, their sources, and where they were sent. Knows nothing of tabs or themes.

import { element, link, paragraphs, verse } from "./nodes.js";
import { ServiceError, stream } from "./service.js";
import { say } from "./words.js";

const REMEMBERED = 20;

export class Conversation {
  #place;
  #tell;
  #messages = [];
  #abort = null;
  #answers = 0;

  constructor(place, tell) {
    this.#place = place;
    this.#tell = tell;
  }

  get busy() {
    return this.#abort !== null;
  }

  stop() {
    this.#abort?.abort();
  }

  clear() {
    this.stop();
    this.#messages = [];
    this.#place.replaceChildren();
  }

  async ask(question) {
    const article = this.#begin(question);
    this.#messages.push({ role: "user", content: question });
    this.#abort = new AbortController();
    this.#tell(say("thinking"));
    const answer = new Answer(article, `answer-${++this.#answers}`, this.#tell);
    try {
      const body = { model: "Fanar", messages: this.#messages.slice(-REMEMBERED) };
      for await (const chunk of stream("v1/chat/completions", body, this.#abort.signal)) answer.add(chunk);
      this.#messages.push({ role: "assistant", content: answer.text });
      this.#tell(say("done"));
    } catch (error) {
      this.#fail(error, answer, article);
      if (error instanceof ServiceError) throw error;
    } finally {
      answer.finish();
      this.#abort = null;
    }
  }

  #begin(question) {
    const body = element("div", { class: "body" });
    const asked = element("article", { class: "asked" }, element("h2", { class: "hidden" }, say("you")), ...paragraphs(question, () => null));
    const answered = element("article", { class: "answered", "aria-busy": "true" }, element("h2", { class: "hidden" }, say("answer")), body);
    this.#place.append(asked, answered);
    answered.scrollIntoView({ block: "nearest" });
    return answered;
  }

  #fail(error, answer, article) {
    if (answer.text) this.#messages.push({ role: "assistant", content: answer.text });
    else this.#messages.pop();
    if (error.name === "AbortError") {
      this.#tell(say("stopped"));
      return;
    }
    const message = error instanceof ServiceError ? error.message : say("failed");
    article.append(element("p", { class: "error", role: "alert", dir: "auto" }, message));
    this.#tell("");
  }
}

class Answer {
  #article;
  #id;
  #tell;
  #references = [];
  #waiting = 0;
  text = "";

  constructor(article, id, tell) {
    this.#article = article;
    this.#id = id;
    this.#tell = tell;
  }

  add(chunk) {
    if (chunk.progress) this.#tell(chunk.progress.message[document.documentElement.lang]);
    for (const choice of chunk.choices) {
      this.text += choice.delta.content ?? "";
      if (choice.delta.references) this.#references = choice.delta.references;
    }
    if (chunk.metadata) this.#close(chunk.metadata);
    // One drawing for each frame of the screen, however fast the words come.
    this.#waiting ||= requestAnimationFrame(() => this.#draw());
  }

  finish() {
    this.#draw();
    this.#article.removeAttribute("aria-busy");
  }

  #draw() {
    cancelAnimationFrame(this.#waiting);
    this.#waiting = 0;
    this.#article.querySelector(".body").replaceChildren(...paragraphs(this.text, (number) => this.#sourceId(number)));
  }

  #sourceId(number) {
    return this.#references.some((reference) => String(reference.number) === number) ? `${this.#id}-source-${number}` : null;
  }

  #close(metadata) {
    if (metadata.routing) this.#article.prepend(badge(metadata.routing));
    if (this.#references.length) this.#article.append(this.#sources());
    if (metadata.quotations?.length && metadata.routing?.route !== "attribution") {
      this.#article.append(element("p", { class: "note" }, `${say("corrected")}: ${metadata.quotations.length}`));
    }
  }

  #sources() {
    const cards = this.#references.map((reference) =>
      element("li", { id: `${this.#id}-source-${reference.number}`, class: "card", tabindex: "-1" },
        reference.corpus === "quran" ? verse(reference.content) : element("blockquote", { dir: "auto" }, reference.content),
        reference.translation ? element("p", { class: "translation", dir: "auto" }, reference.translation) : null,
        element("p", { class: "reference" }, `[${reference.number}] `, element("bdi", {}, `${reference.corpus} ${reference.reference}`), " ",
          link(reference.url, say("open")))));
    return element("section", { "aria-label": say("sources") }, element("h3", {}, say("sources")), element("ol", { class: "cards" }, ...cards));
  }
}

function badge(routing) {
  const percent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" }).format(routing.confidence);
  return element("details", { class: "badge" },
    element("summary", {}, say("routes")[routing.route] ?? routing.route),
    element("p", {}, `${say("why")} ${say("confidence")} ${percent} · ${say("answeredBy")} `, element("bdi", {}, routing.answered_by)),
    element("ul", {}, ...routing.reasons.map((reason) => element("li", { dir: "auto" }, reason))));
}
