// Puts the page into its place. Knows nothing of what is on it.

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { dressRoot } from "./state/preferences";
import "./style/fonts.css";
import "./style/tokens.css";
import "./style/base.css";
import "./style/frame.css";
import "./style/chat.css";
import { Page } from "./ui/Page";
import { wordsIn } from "./words/words";

dressRoot((language) => wordsIn(language).name);
createRoot(document.getElementById("page")!).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
