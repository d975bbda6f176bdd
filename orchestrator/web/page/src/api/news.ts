// The news as the platform knows them: the stories, and how their sources are doing. Knows nothing of the page.

import { ask } from "./client";
import type { Bilingual } from "./types";

export interface NewsSource {
  readonly outlet: string;
  readonly state: string;
  readonly articles: number;
  readonly heard: string | null;
  readonly error: Bilingual | null;
}

export interface NewsStatus {
  readonly configured: boolean;
  readonly sources: readonly NewsSource[];
  readonly message: Bilingual;
}

export interface Article {
  readonly id: string;
  readonly url: string;
  readonly outlet: string;
  readonly summary: string;
  readonly published: string;
}

export interface Story {
  readonly id: string;
  readonly title: string;
  readonly articles: readonly Article[];
}

export const newsStatus = (): Promise<NewsStatus> => ask("v1/recency/status");

/** Return the newest stories; of one topic or one language where they are named. */
export async function stories(topic: string, language: string): Promise<readonly Story[]> {
  const asked = new URLSearchParams({ ...(topic ? { topic } : {}), ...(language ? { language } : {}) });
  return (await ask<{ readonly stories: readonly Story[] }>(`v1/recency/feed?${asked}`)).stories;
}
