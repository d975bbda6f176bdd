// The page's few signs, drawn with the pen that the text has. Knows nothing of what they mean where they stand.

const PATHS = {
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6L6 18",
  plus: "M12 5v14M5 12h14",
  search: "M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM20 20l-4-4",
  settings: "M4 8h10M18 8h2M4 16h2M10 16h10M14 5v6M6 13v6",
  sound: "M5 10v4h3l4 3.500v-11L8 10zM15.500 9.500a4 4 0 0 1 0 5M18 7a8 8 0 0 1 0 10",
  send: "M12 19V5M6 11l6-6 6 6",
  stop: "M7 7h10v10H7z",
  attach: "M20 11.5l-8 8a5 5 0 0 1-7-7l8.5-8.5a3.4 3.4 0 0 1 4.8 4.8L10 17a1.7 1.7 0 0 1-2.4-2.4l7.4-7.4",
  microphone: "M12 4a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V7a3 3 0 0 1 3-3zM6 11a6 6 0 0 0 12 0M12 17v3",
  copy: "M9 9h10v11H9zM5 15V4h10",
  again: "M19 12a7 7 0 1 1-2-5M19 3v5h-5",
  edit: "M5 19l1-4L16 5l3 3L9 18zM14 7l3 3",
  up: "M7 20H4v-9h3zM7 11l4-7c2 0 2 2 1.500 5H19l-1.500 9-1.500 2H7",
  down: "M7 4H4v9h3zM7 13l4 7c2 0 2-2 1.500-5H19l-1.500-9L16 4H7",
  back: "M15 6l-6 6 6 6",
  forth: "M9 6l6 6-6 6",
  more: "M5 11.500v1M12 11.500v1M19 11.500v1",
  check: "M5 13l4 4L19 7",
  chat: "M4 5h16v11H10l-5 4v-4H4z",
  quotation: "M9 7H5v5h4zm0 5c0 3-1 4-3 5M19 7h-4v5h4zm0 5c0 3-1 4-3 5",
  news: "M4 5h13v14H6a2 2 0 0 1-2-2zM17 9h3v8a2 2 0 0 1-2 2h-1M7 9h7M7 12.500h7M7 16h4",
  zakat: "M5 7c0-1.700 3-3 7-3s7 1.300 7 3-3 3-7 3-7-1.300-7-3zM5 7v5c0 1.700 3 3 7 3s7-1.300 7-3V7M5 12v5c0 1.700 3 3 7 3s7-1.300 7-3v-5",
  inheritance: "M12 4v6M12 10H6v4M12 10h6v4M9 14H3v6h6zM21 14h-6v6h6z",
  installed: "M4 7l8-4 8 4v10l-8 4-8-4zM4 7l8 4 8-4M12 11v10",
  open: "M14 5h5v5M19 5l-9 9M17 14v5H5V7h5",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
} as const;

export type IconName = keyof typeof PATHS;

/** `turns`: it points somewhere, so it turns round with the page. */
export function Icon({ name, turns = false }: { readonly name: IconName; readonly turns?: boolean }) {
  return (
    <svg className={turns ? "icon turns" : "icon"} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
