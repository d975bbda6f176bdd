// Conversations as the platform keeps them. Knows nothing of answers in progress or of the page.

import { ask } from "./client";

export type Role = "user" | "assistant" | "system";

export interface KeptMessage {
  readonly id: string;
  readonly parent_id: string | null;
  readonly role: Role;
  readonly content: string;
  readonly created_at: number;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface NewMessage {
  readonly role: Role;
  readonly content: string;
  readonly parent_id: string | null;
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface Summary {
  readonly id: string;
  readonly title: string | null;
  readonly updated_at: number;
  readonly current: string | null;
  readonly shared: string | null;
  readonly match?: string;
}

export interface KeptConversation extends Summary {
  readonly messages: readonly KeptMessage[];
}

export interface Listing {
  readonly data: readonly Summary[];
  readonly has_more: boolean;
  readonly last_id: string | null;
}

const PATH = "v1/conversations";

export function list({ query = "", after = null }: { readonly query?: string; readonly after?: string | null }): Promise<Listing> {
  const asked = new URLSearchParams({ limit: "50", ...(query ? { q: query } : {}), ...(after ? { after } : {}) });
  return ask(`${PATH}?${asked}`);
}

export const read = (id: string): Promise<KeptConversation> => ask(`${PATH}/${id}`);

export const begin = (title: string, message: NewMessage): Promise<KeptConversation> =>
  ask(PATH, { body: { title, messages: [message] } });

export const append = async (id: string, message: NewMessage): Promise<KeptMessage> => {
  const kept = await ask<{ readonly data: readonly KeptMessage[] }>(`${PATH}/${id}/messages`, { body: { messages: [message] } });
  return kept.data[0]!;
};

export const change = (id: string, body: { readonly title?: string; readonly current?: string }): Promise<Summary> =>
  ask(`${PATH}/${id}`, { method: "PATCH", body });

export const remove = (id: string): Promise<unknown> => ask(`${PATH}/${id}`, { method: "DELETE" });

export const share = (id: string, branch: string): Promise<{ readonly id: string }> => ask(`${PATH}/${id}/share`, { body: { branch } });

export const unshare = (id: string): Promise<unknown> => ask(`${PATH}/${id}/share`, { method: "DELETE" });

export const shared = (id: string): Promise<{ readonly title: string | null; readonly messages: readonly KeptMessage[] }> =>
  ask(`v1/shared/${id}`);
