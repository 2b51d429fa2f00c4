/** Things to do: the list, how each ends, what to begin with. */
import { isId } from '@fullname/shared/ids';
import { MESSAGE_MAX_LENGTH, QUERY_MAX_LENGTH } from '@fullname/shared/limits';
import { type TaskEnd, type TaskPage, WRAP_UPS } from '@fullname/shared/recovery';
import { Router } from 'express';
import { z } from 'zod';
import { draftFor, endTask, sawTask, tasksFor } from '../desk/follow-ups.ts';
import { makeCursor, readCursor } from '../desk/keyset.ts';
import { oneLine } from '../people/names.ts';
import { CHECK_MAX_LENGTH } from '../recovery/drafts.ts';
import { LINE_MAX_LENGTH } from '../recovery/record-lines.ts';
import { takeIn } from '../take-in.ts';
import { timeIn as time } from '../time-in.ts';
import { forMembers } from './answer.ts';
import type { HttpDeps } from './deps.ts';
import { parse, parseId } from './schemas.ts';

export function taskRoutes({ database: { db }, floor }: HttpDeps): Router {
  const router = Router();
  router.get(
    '/tasks',
    forMembers(db, async ({ request, session: { person } }): Promise<TaskPage> => {
      const { whose = 'mine', state = 'open', cursor } = parse(listQuery, request.query);
      const after = cursor === undefined ? null : readCursor(cursor);
      const { tasks, next } = await tasksFor(floor, person, { whose, state, after });
      return { tasks, next: next && makeCursor(next) };
    }),
  );
  router.get(
    '/tasks/:id/draft',
    forMembers(db, ({ request, session }) => draftFor(floor, session.person, parseId(request.params.id))),
  );
  router.post(
    '/tasks/:id/end',
    forMembers(db, ({ request, session }) =>
      endTask(floor, session.person, parseId(request.params.id), parseEnd(request.body)),
    ),
  );
  router.post(
    '/tasks/:id/seen',
    forMembers(db, async ({ request, session }) => {
      await sawTask(floor, session.person, parseId(request.params.id));
      return {};
    }),
  );
  return router;
}

const listQuery = z.strictObject({
  whose: z.enum(['mine', 'all']).exactOptional(),
  state: z.enum(['open', 'ended']).exactOptional(),
  cursor: z.string().max(200).exactOptional(),
});

const words = (max: number) =>
  z
    .string()
    .max(max, 'TOO_LONG')
    .overwrite((text) => takeIn(text).trim())
    .refine((text) => text !== '', 'EMPTY');
/** One line, whatever was pasted into it: three of them are read at a glance. */
const line = (max: number) =>
  z
    .string()
    .max(max, 'TOO_LONG')
    .overwrite((text) => oneLine(takeIn(text)))
    .refine((text) => text !== '', 'EMPTY');
const LINES_MAX = 3;
const CHECKS_MAX = 10;
const id = z.string().refine(isId);

const waived = z.strictObject({ end: z.literal('waived'), why: words(MESSAGE_MAX_LENGTH) });
const answered = z.strictObject({
  end: z.literal('done'),
  works: z.boolean().exactOptional(),
  said: z
    .string()
    .max(MESSAGE_MAX_LENGTH, 'TOO_LONG')
    .overwrite((text) => takeIn(text).trim())
    .exactOptional(),
});
const flagged = z.strictObject({
  end: z.literal('done'),
  flag: z.strictObject({
    lines: z.array(line(LINE_MAX_LENGTH)).min(1, 'EMPTY').max(LINES_MAX),
    checks: z.array(line(CHECK_MAX_LENGTH)).max(CHECKS_MAX),
    until: time,
  }),
});
const wrappedUp = z.strictObject({
  end: z.literal('done'),
  wrapUp: z.enum(WRAP_UPS),
  message: z
    .strictObject({
      id,
      subject: z.string().max(QUERY_MAX_LENGTH, 'TOO_LONG').overwrite(takeIn).exactOptional(),
      text: words(MESSAGE_MAX_LENGTH),
    })
    .exactOptional(),
});

/** By what is in it, so that a refusal says what is wrong with this way to end, and not that it is no other. */
function parseEnd(body: unknown): TaskEnd {
  const has = (name: string) => typeof body === 'object' && body !== null && Object.hasOwn(body, name);
  if (has('why')) return parse(waived, body);
  if (has('flag')) return parse(flagged, body);
  return has('wrapUp') ? parse(wrappedUp, body) : parse(answered, body);
}
