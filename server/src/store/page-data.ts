/** What pages say of a visitor: one row each, of a bounded size. */
import { EVENTS_MOST } from '@fullname/shared/limits';
import {
  type Attributes,
  type Labels,
  type PageData,
  type PageEvent,
  relabelled,
} from '@fullname/shared/page-data';
import { sql } from 'drizzle-orm';
import type { Db } from './db.ts';

type Row = { readonly labels: Labels; readonly events: readonly PageEvent[] };

/** Adds what is said now, under the row's lock, and answers what is known then. An event whose id is there is there already. */
export function addPageData(
  db: Db,
  visitor: string,
  told: { readonly attributes: Attributes; readonly events: readonly PageEvent[] },
): Promise<PageData> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.execute<Row>(sql`
      insert into page_data (visitor_id) values (${visitor})
      on conflict (visitor_id) do update set visitor_id = excluded.visitor_id returning labels, events`);
    const [row] = rows;
    if (!row) throw new Error('an upsert answers its row');
    const known = new Set(row.events.map(({ id }) => id));
    const fresh = told.events.filter(({ id }) => !known.has(id));
    const labels = relabelled(row.labels, told.attributes);
    const events = [...row.events, ...fresh].slice(-EVENTS_MOST);
    await tx.execute(sql`
      update page_data set labels = ${JSON.stringify(labels)}::jsonb, events = ${JSON.stringify(events)}::jsonb
      where visitor_id = ${visitor}`);
    return { labels, events };
  });
}
