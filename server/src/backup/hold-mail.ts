import type pg from 'pg';

/**
 * Mail that waited when the backup was written may have been sent since, and the backup cannot know: it is given to a person,
 * as any mail is of which nobody knows whether it arrived. Gives how many.
 */
export async function holdMail(client: pg.Client, backupAt: string): Promise<number> {
  const { rowCount } = await client.query(
    `update mails set state = 'failed', trouble = $1 where state in ('waiting', 'sending')`,
    [
      `Restored from a backup of ${backupAt.slice(0, 16).replace('T', ' ')} UTC: it may have been sent since. Ask before you write again.`,
    ],
  );
  return rowCount ?? 0;
}
