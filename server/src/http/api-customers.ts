/** Customers' records beyond one conversation: two that are one person, and what a file knows of many. */
import { Router } from 'express';
import { tellWork } from '../desk/work.ts';
import { type Merged, mergeCustomers, mergesOf, previewMerge, undoMerge } from '../people/merges.ts';
import { enqueueFit } from '../value/fit.ts';
import { type Asked, forAgents, forOwners } from './answer.ts';
import type { HttpDeps } from './deps.ts';
import { mergeDraft, parse, parseId, previewQuery, rowsImport } from './schemas.ts';

/** A file costs the relay as much as this many merges. */
const FILE_COST = 10;

export function customerRoutes(deps: HttpDeps): Router {
  const { db } = deps.database;
  const { limits } = deps;
  const router = Router();

  router.get(
    '/customers/:id/merge-preview',
    forAgents(db, ({ request }) => {
      const kept = parseId(request.params.id);
      return previewMerge(db, { kept, merged: parse(previewQuery, request.query).with });
    }),
  );
  router.get(
    '/customers/:id/merges',
    forAgents(db, ({ request }) => mergesOf(db, parseId(request.params.id))),
  );
  router.post(
    '/customers/import',
    forOwners(db, async ({ request, response, owner }) => {
      await limits.records(response, owner.id, FILE_COST);
      const file = parse(rowsImport, request.body);
      const { now } = deps.floor;
      const { importFile } = await import('../imports/file.ts');
      const { report, customers, people } = await importFile(db, file, { by: owner.id, now: now() });
      if (customers.length > 0 && file.kind === 'purchases') await enqueueFit({ db, now }, file.id);
      await deps.onCustomersChanged(customers);
      await tellWork(deps.floor, people);
      return report;
    }),
  );
  router.post(
    '/merges',
    forAgents(db, (asked) => {
      const draft = parse(mergeDraft, asked.request.body);
      return told(asked, () => mergeCustomers(db, draft, asked.agent.id));
    }),
  );
  router.delete(
    '/merges/:id',
    forAgents(db, (asked) => {
      const id = parseId(asked.request.params.id);
      return told(asked, () => undoMerge(db, id, asked.agent.id));
    }),
  );
  return router;

  async function told({ response, session }: Asked, write: () => Promise<Merged>): Promise<unknown> {
    await limits.records(response, session.person.id, 1);
    const { merge, changed } = await write();
    await deps.onCustomersChanged(changed);
    return merge;
  }
}
