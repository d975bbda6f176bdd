// Wires the page: tabs, language, theme, forms, and what the platform says it lacks.

import { Conversation } from "./chat.js";
import { check } from "./check.js";
import { element } from "./nodes.js";
import { ServiceError, ask } from "./service.js";
import { applyLanguage, currentLanguage, say } from "./words.js";

const find = (id) => document.getElementById(id);
const tell = (text) => { find("status").textContent = text ?? ""; };
const conversation = new Conversation(find("conversation"), tell);
const TABS = ["ask", "check"];
let capabilities = [];

function select(name, { focus = false } = {}) {
  for (const tab of TABS) {
    const chosen = tab === name;
    find(`view-${tab}`).hidden = !chosen;
    find(`tab-${tab}`).setAttribute("aria-selected", String(chosen));
    find(`tab-${tab}`).tabIndex = chosen ? 0 : -1;
  }
  if (focus) find(`tab-${name}`).focus();
  tell("");
}

function showLanguage(language) {
  applyLanguage(language);
  find("examples").replaceChildren(...say("examples").map((text) =>
    element("button", { type: "button", dir: "auto", onclick: () => submit(text) }, text)));
  showMissing();
}

function showTheme(theme) {
  document.documentElement.dataset.theme = theme;
  localStorage.setItem("theme", theme);
}

function showMissing() {
  const missing = capabilities.filter((capability) => !capability.available);
  find("missing").hidden = missing.length === 0;
  find("missing").querySelector("ul").replaceChildren(...missing.map((capability) =>
    element("li", { dir: "auto" }, capability.detail[currentLanguage()],
      ...(capability.remedy ? [` ${say("remedy")}: `, element("code", { dir: "ltr" }, capability.remedy)] : []))));
}

function setBusy(busy) {
  find("send").hidden = busy;
  find("stop").hidden = !busy;
}

function report(error) {
  if (!(error instanceof ServiceError)) throw error;
  if (error.code === "invalid_authentication") {
    find("key-form").hidden = false;
    find("key").focus();
  }
  return error.message;
}

async function submit(text) {
  const question = text.trim();
  if (!question || conversation.busy) return;
  find("question").value = "";
  find("examples").hidden = true;
  setBusy(true);
  try {
    await conversation.ask(question);
  } catch (error) {
    report(error);
  } finally {
    setBusy(false);
    find("question").focus();
  }
}

async function checkPasted(event) {
  event.preventDefault();
  tell(say("checking"));
  try {
    await check(find("pasted").value, find("findings"));
    tell(say("checked"));
  } catch (error) {
    find("findings").replaceChildren(element("p", { class: "error", role: "alert", dir: "auto" }, report(error)));
    tell("");
  }
}

for (const [index, tab] of TABS.entries()) {
  find(`tab-${tab}`).addEventListener("click", () => select(tab));
  find(`tab-${tab}`).addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") select(TABS[1 - index], { focus: true });
  });
}
find("language").addEventListener("click", () => showLanguage(currentLanguage() === "ar" ? "en" : "ar"));
find("theme").addEventListener("click", () => {
  const dark = document.documentElement.dataset.theme === "dark";
  showTheme(dark ? "light" : "dark");
});
find("ask-form").addEventListener("submit", (event) => {
  event.preventDefault();
  submit(find("question").value);
});
find("question").addEventListener("keydown", (event) => {
  // While an input method composes a word, Enter only ends the word.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  submit(find("question").value);
});
find("stop").addEventListener("click", () => conversation.stop());
document.addEventListener("keydown", (event) => { if (event.key === "Escape") conversation.stop(); });
find("fresh").addEventListener("click", () => {
  conversation.clear();
  find("examples").hidden = false;
  find("question").focus();
});
find("check-form").addEventListener("submit", checkPasted);
find("key-form").addEventListener("submit", (event) => {
  event.preventDefault();
  sessionStorage.setItem("key", find("key").value.trim());
  find("key").value = "";
  find("key-form").hidden = true;
  find("question").focus();
});

showTheme(localStorage.getItem("theme") ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"));
showLanguage(currentLanguage());
ask("readyz").then((ready) => { capabilities = ready.capabilities; showMissing(); }).catch((error) => tell(report(error)));
