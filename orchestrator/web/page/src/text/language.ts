// The languages that the page speaks. Knows nothing of what it says in them.

export type Language = "ar" | "en";
