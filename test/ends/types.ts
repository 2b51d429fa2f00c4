/** The product's own two ends as a test drives them: the chat in a visitor's browser, the desk in an agent's. */
import type { ErrorCode } from '@fullname/shared/errors';
import type { ConversationRow, Entry, PublicConversation, PublicEntry } from '@fullname/shared/model';

/** Where an end connects. */
export type Line = {
  /** Where a relay is reached now, such as http://localhost:PORT; asked for each new connection. */
  to(): string;
  /** The page's origin there, as a browser sends it: the relay's own. */
  origin(): string;
  /** Whether the news of this name, which the relay tells now, gets lost on the way. */
  loses?(name: string): boolean;
};

/** What goes over an end's wire and into its storage, for a test to write down. */
export type Ear = {
  /** The relay said it by itself. */
  heard(name: string, payload: unknown): void;
  asked(name: string, payload: unknown): void;
  /** The relay's answer, at the moment when it arrives. */
  answered(name: string, payload: unknown, answer: unknown): void;
  /** The transaction that put this message into storage has ended. */
  kept(id: string): void;
  changed(): void;
};

/** A browser's IndexedDB, which outlives its pages. */
export type Disk = IDBFactory;

export type VisitorEnd = {
  state(): {
    readonly on: boolean;
    readonly conversation: PublicConversation | null;
    readonly entries: readonly PublicEntry[];
    readonly unsent: readonly {
      readonly id: string;
      readonly text: string;
      readonly failed: ErrorCode | null;
    }[];
    readonly problem: ErrorCode | null;
  };
  say(words: string): void;
  /** The visitor sees the end of the list. */
  seen(): void;
  /** The network is back, or the page is shown again: tries at once, or asks whether anything was missed. */
  wake(): void;
  /** The line breaks under the page. */
  cut(): void;
  /** The page ends as by a crash: nothing more is stored, sent or heard. */
  end(): void;
};

export type AgentEnd = {
  state(): {
    readonly on: boolean;
    readonly rows: readonly ConversationRow[];
    readonly opened: OpenedThread | null;
    /** Everything that is not in the log yet, in all conversations. */
    readonly unsent: readonly {
      readonly id: string;
      readonly text: string;
      readonly failed: ErrorCode | null;
    }[];
  };
  /** The list that is shown. */
  show(view: 'waiting' | 'mine'): void;
  /** Opens a conversation in place of the one before. */
  select(conversation: string | null): void;
  /** Into the open conversation. False where none is open. */
  say(kind: 'reply' | 'note', words: string, id: string): boolean;
  /** Of the open conversation. Null, or why not. */
  take(): Promise<ErrorCode | null>;
  handOver(to: string): Promise<ErrorCode | null>;
  close(farewell: string, id: string): Promise<ErrorCode | null>;
  seen(): void;
  /** Sends what a colleague's answer held back, whatever they said. */
  sendHeld(): void;
  wake(): void;
  cut(): void;
  end(): void;
};

type OpenedThread = {
  readonly id: string;
  /** Rises with every opening. */
  readonly opening: number;
  readonly entries: readonly Entry[];
  readonly pending: readonly string[];
  readonly visitorRead: number;
  /** The relay's last number, as far as this end knows. */
  readonly lastSeq: number;
};

export type Ends = {
  newDisk(): Disk;
  openVisitor(options: {
    readonly line: Line;
    readonly site: string;
    readonly disk: Disk;
    readonly ear: Ear;
  }): VisitorEnd;
  /** `person` is the id of the agent to whom the cookie belongs. */
  openAgent(options: {
    readonly line: Line;
    readonly cookie: string;
    readonly person: string;
    readonly disk: Disk;
    readonly ear: Ear;
  }): Promise<AgentEnd>;
};
