// An answer as words alone: pictures within it are megabytes to whoever reads on. Knows nothing of who does.

const PICTURE = /!\[([^\]\n]*)\]\(data:[^)\s]*\)/gu;
const MARKER = /\[\d{1,3}\]/gu;

/** The text with each picture's description in its place. */
export const withoutPictures = (text: string): string => text.replace(PICTURE, "$1");

/** What can be read aloud of it: source markers are for the eye. */
export const spoken = (text: string): string => withoutPictures(text).replace(MARKER, "");
