/** Rows of goodwill. Rules live in recovery/goodwill.ts. */
import { sql } from 'drizzle-orm';
import type { goodwill } from './schema.ts';

/** A use of goodwill with the name of its customer. */
export type GoodwillRow = Omit<typeof goodwill.$inferSelect, 'decidedAt'> & {
  readonly customerName: string | null;
};

export const goodwillColumns = sql`g.id, g.at, g.by_id as by, g.customer_id as customer, cu.name as "customerName",
  g.conversation_id as conversation, g.failure_id as failure, g.amount, g.currency, g.what, g.state,
  g.colleague_id as colleague, g.instead`;
