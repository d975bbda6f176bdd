// The parts of the page, each loaded when it is first looked at. Knows nothing of what is in them.

import { lazy } from "react";
import type { View } from "../state/place";
import type { IconName } from "./Icon";

export const PANELS = {
  check: lazy(() => import("../panels/Check")),
  news: lazy(() => import("../panels/News")),
  zakat: lazy(() => import("../panels/Zakat")),
  inheritance: lazy(() => import("../panels/Inheritance")),
  search: lazy(() => import("../panels/Search")),
  installed: lazy(() => import("../panels/Installed")),
};

export const ICONS: Readonly<Record<Exclude<View, "shared">, IconName>> = {
  chat: "chat",
  check: "quotation",
  news: "news",
  zakat: "zakat",
  inheritance: "inheritance",
  search: "search",
  installed: "installed",
};
