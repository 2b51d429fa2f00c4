/**
 * What is built with customers: a wish from a conversation, a colleague who builds it, and, when it is here, words of a person's to
 * everybody who has wished for it, in their own conversation; unseen there, they go by mail as every answer does.
 */
import type {
  Build,
  BuildAct,
  BuildActed,
  BuildDraft,
  BuildWish,
  BuildWishDraft,
} from '@fullname/shared/building';
import type { ErrorCode } from '@fullname/shared/errors';
import { derivedId } from '../derived-id.ts';
import { RelayError } from '../relay-error.ts';
import {
  type BuildRow,
  changeBuild,
  markTold,
  readBuild,
  readBuilds,
  readWishes,
  storeBuild,
  storeWish,
  type WishRow,
} from '../store/builds.ts';
import { lockConversation } from '../store/conversation-changes.ts';
import type { Db } from '../store/db.ts';
import { append, iso } from '../store/log.ts';
import { addressFor, type Floor, mustRead, settle } from './conversations.ts';
import type { Me } from './desk.ts';
import { fact } from './transfers.ts';
import { toPublicConversation } from './views.ts';

const SHOWN_MAX = 50;

/** What is not decided yet first, then the latest; fifty. */
export async function buildsFor(floor: Floor): Promise<Build[]> {
  const rows = await readBuilds(floor.db, SHOWN_MAX);
  return withWishes(floor, rows);
}

/** A new one with its first wish. A retry gets the first; anything else under its ids is a CONFLICT. UNKNOWN: no such conversation. */
export async function wishFor(floor: Floor, me: Me, draft: BuildDraft): Promise<Build> {
  const { id, what, wish } = draft;
  await mustRead(floor, wish.conversation);
  await floor.db.transaction(async (tx) => {
    const row = await storeBuild(tx, { id, what, by: me.id, at: new Date(floor.now()).toISOString() });
    if (row?.what !== what || row.by !== me.id) throw new RelayError('CONFLICT');
    await addWish(floor, tx, { me, build: id, wish });
  });
  return mustShow(floor, id);
}

/** One more customer wishes for it. */
export async function joinBuild(floor: Floor, me: Me, id: string, wish: BuildWishDraft): Promise<Build> {
  if (!(await readBuild(floor.db, id))) throw new RelayError('UNKNOWN');
  await mustRead(floor, wish.conversation);
  await addWish(floor, floor.db, { me, build: id, wish });
  return mustShow(floor, id);
}

/** One act; a retry changes nothing. FORBIDDEN for the back office to speak with customers. WRONG_ORDER: told of before it is here. */
export async function actOnBuild(floor: Floor, me: Me, id: string, act: BuildAct): Promise<BuildActed> {
  const row = await readBuild(floor.db, id);
  if (!row) throw new RelayError('UNKNOWN');
  if (act.act === 'build') await changeBuild(floor.db, id, { state: 'building', builder: me.id, why: null });
  else if (act.act === 'not-now') await changeBuild(floor.db, id, { state: 'not-now', why: act.why });
  else if (act.act === 'here')
    await changeBuild(floor.db, id, { state: 'here', builder: row.builder ?? me.id, why: null });
  else {
    if (me.role === 'back-office') throw new RelayError('FORBIDDEN');
    if (row.state !== 'here') throw new RelayError('WRONG_ORDER');
    return { left: await tellAll(floor, me, { id, text: act.text }), build: await mustShow(floor, id) };
  }
  return { left: [], build: await mustShow(floor, id) };
}

async function addWish(
  floor: Floor,
  tx: Db,
  { me, build, wish }: { readonly me: Me; readonly build: string; readonly wish: BuildWishDraft },
): Promise<void> {
  const { id, conversation, words, credit = null } = wish;
  const at = new Date(floor.now()).toISOString();
  const row = await storeWish(tx, { id, build, conversation, words, credit, by: me.id, at });
  const isSame = row?.id === id && row.build === build && row.words === words && row.credit === credit;
  if (!isSame) throw new RelayError('CONFLICT');
}

/** One after the other: what stands in the way of one keeps nobody else from reading it. */
async function tellAll(
  floor: Floor,
  me: Me,
  { id, text }: { readonly id: string; readonly text: string },
): Promise<BuildActed['left']> {
  const left: { wish: string; code: ErrorCode }[] = [];
  for (const wish of await readWishes(floor.db, [id])) {
    if (wish.toldAt !== null) continue;
    try {
      await tellOne(floor, me, { wish, text });
    } catch (error) {
      if (!(error instanceof RelayError)) throw error;
      left.push({ wish: wish.id, code: error.code });
    }
  }
  return left;
}

/** The words and the mark that they were said are one transaction. Only who has an open conversation speaks in it; a closed one stays closed. */
async function tellOne(
  floor: Floor,
  me: Me,
  { wish, text }: { readonly wish: WishRow; readonly text: string },
): Promise<void> {
  const { id, conversation } = wish;
  const stored = await floor.db.transaction(async (tx) => {
    await lockConversation(tx, conversation);
    if (!(await markTold(tx, id, { by: me.id, at: new Date(floor.now()).toISOString() }))) return null;
    const said = fact(me, { conversation, id: derivedId('built', id) }, 'message', null);
    const [appended] = await append(tx, [{ ...said, body: text, afterClose: true }]);
    return settle(appended).entry;
  });
  if (!stored) return;
  const record = await mustRead(floor, conversation);
  const address = await addressFor(floor, conversation);
  floor.announce.entry(stored, address, toPublicConversation(floor, record));
  floor.news.moved(conversation);
}

async function mustShow(floor: Floor, id: string): Promise<Build> {
  const row = await readBuild(floor.db, id);
  const [build] = row ? await withWishes(floor, [row]) : [];
  if (!build) throw new RelayError('UNKNOWN');
  return build;
}

async function withWishes(floor: Floor, rows: readonly BuildRow[]): Promise<Build[]> {
  const names = floor.directory.ref;
  const wishes = await readWishes(
    floor.db,
    rows.map(({ id }) => id),
  );
  return rows.map(({ at, by, builder, ...row }) => ({
    ...row,
    at: iso(at),
    by: names(by),
    builder: builder === null ? null : names(builder),
    wishes: wishes.filter(({ build }) => build === row.id).map((wish) => toWish(wish, names)),
  }));
}

function toWish(row: WishRow, names: Floor['directory']['ref']): BuildWish {
  const { id, conversation, words, credit, name, known, toldBy, toldAt } = row;
  return {
    ...{ id, conversation, words, credit },
    customer: name === null ? null : { name, known },
    by: names(row.by),
    at: iso(row.at),
    told: toldBy === null || toldAt === null ? null : { by: names(toldBy), at: iso(toldAt) },
  };
}
