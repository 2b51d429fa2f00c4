/** What every part of the signed-in console may reach for. */
import type { Member } from '@fullname/shared/api';
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Book } from './book.ts';
import type { Inbox } from './inbox.ts';
import type { Reader } from './reader/reader.ts';
import type { WorkModel } from './work.ts';

export type Desk = {
  readonly inbox: Inbox;
  readonly book: Book;
  readonly reader: Reader;
  /** What waits for this person: tasks, requests, promises. */
  readonly work: WorkModel;
  readonly person: Member;
  readonly demo: boolean;
};

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error('Draw this inside <DeskContext.Provider>.');
  return desk;
}
