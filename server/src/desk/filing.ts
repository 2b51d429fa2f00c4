/** Files in a conversation: sent as an entry like any words, and had by a link that was made for whoever asks. */
import type { FileLink, FileRequest } from '@fullname/shared/events';
import type { Entry } from '@fullname/shared/model';
import { type FileRow, holdUpload, readSentFile } from '../files/uploads.ts';
import { RelayError } from '../relay-error.ts';
import type { NewEntry, StoredEntry } from '../store/log.ts';
import type { Address } from './announce.ts';
import { type Floor, mustRead, type Speaking, sayAsVisitor, speak } from './conversations.ts';
import type { Caller, Me } from './desk.ts';

/** A visitor's file. What was uploaded in another conversation, by somebody else or under another id is UNKNOWN. */
export async function sendFileFromVisitor(
  floor: Floor,
  caller: Caller & Speaking,
  { id, file }: Pick<FileRequest, 'id' | 'file'>,
): Promise<{ entry: StoredEntry; address: Address }> {
  const key = { conversation: caller.conversation, sender: caller.visitor, clientId: id };
  return sayAsVisitor(floor, caller, {
    ...(await rowFor(floor, key, file)),
    senderKind: 'visitor',
    seen: null,
  });
}

/** An agent's file: as a reply, only the holder's. */
export async function sendFileFromAgent(
  floor: Floor,
  from: { readonly me: Me; readonly socket: string },
  { conversation, id, file, seen }: FileRequest & { readonly seen?: number },
): Promise<Entry> {
  const key = { conversation, sender: from.me.id, clientId: id };
  return speak(floor, from, {
    ...(await rowFor(floor, key, file)),
    ...{ senderKind: 'agent', seen: seen ?? null },
  });
}

/** For a visitor, who has shown a right to the conversation. UNKNOWN for a file of another one. */
export async function linkForVisitor(
  floor: Floor,
  { visitor, conversation }: { readonly visitor: string; readonly conversation: string },
  file: string,
): Promise<FileLink> {
  return floor.links.link({ kind: 'visitor', id: visitor }, await sentIn(floor, conversation, file));
}

/** For whoever works at the desk: they read every conversation. UNKNOWN for what is not in this one. */
export async function linkForAgent(
  floor: Floor,
  me: Me,
  { conversation, file }: { readonly conversation: string; readonly file: string },
): Promise<FileLink> {
  await mustRead(floor, conversation);
  return floor.links.link({ kind: 'person', id: me.id }, await sentIn(floor, conversation, file));
}

async function sentIn(floor: Floor, conversation: string, file: string): Promise<FileRow> {
  const row = await readSentFile(floor.db, file);
  if (row?.conversation !== conversation) throw new RelayError('UNKNOWN');
  return row;
}

type Key = Parameters<typeof holdUpload>[1];

async function rowFor(floor: Floor, key: Key, file: string): Promise<Omit<NewEntry, 'senderKind' | 'seen'>> {
  const { id, name, type, bytes, width, height } = await holdUpload(floor.db, key, {
    file,
    at: new Date(floor.now()),
  });
  return {
    ...{ ...key, kind: 'file', body: name, isPublic: true },
    data: {
      ...{ file: id, type, bytes: String(bytes) },
      ...(width !== null && height !== null && { width: String(width), height: String(height) }),
    },
  };
}
