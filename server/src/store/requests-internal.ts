/** Rows of help between colleagues. Rules live in recovery/requests.ts. */
import { sql } from 'drizzle-orm';
import type { internalRequests } from './schema.ts';

/** A request with the name of its customer. */
export type RequestRow = typeof internalRequests.$inferSelect & { readonly customerName: string | null };

export const requestColumns = sql`r.id, r.at, r.conversation_id as conversation, r.customer_id as customer,
  cu.name as "customerName", r.failure_id as failure, r.what, r.asker_id as asker, r.provider_id as provider, r.state,
  r.wished_by as "wishedBy", r.due, r.promised_at as "promisedAt", r.answer, r.instead, r.reason,
  r.ended_at as "endedAt", r.rating`;
