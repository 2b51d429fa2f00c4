/** Numbers that both ends obey. Times in milliseconds, lengths in UTF-16 code units unless the name says otherwise. */
export const PROTOCOL = 1;
/** The oldest that the relay still serves: PROTOCOL - 1, for pages of the release before stay open. Nothing came before 1. */
export const PROTOCOL_MIN = 1;

export const MESSAGE_MAX_LENGTH = 4_000;
export const NAME_MAX_LENGTH = 120;
export const EMAIL_MAX_LENGTH = 254;
export const PHONE_MAX_LENGTH = 40;
/** The number of an order, as a visitor has it. */
export const ORDER_MAX_LENGTH = 80;
export const TITLE_MAX_LENGTH = 300;
export const URL_MAX_LENGTH = 2_000;
/** A signed identity: room for the purchases that it may bring, and less than a frame. */
export const IDENTITY_MAX_LENGTH = 32_768;
export const QUERY_MAX_LENGTH = 200;
/** One of the extras that a customer may choose from. */
export const EXTRA_MAX_LENGTH = 200;
/** An answer to one of the questions after a farewell. */
export const ANSWER_MAX_LENGTH = 1_000;
/** What is built with customers, in a few words. */
export const BUILD_MAX_LENGTH = 200;
export const PHRASE_MAX_LENGTH = 1_000;

/** What a page says of its visitor: labels in all, values that go with one event, and their lengths. */
export const LABELS_MOST = 30;
export const META_MOST = 10;
export const LABEL_NAME_MAX_LENGTH = 60;
export const LABEL_MAX_LENGTH = 200;
/** Events of a page that are kept of one visitor, and that may be told at once. */
export const EVENTS_MOST = 30;
export const EVENTS_TOLD_MOST = 20;
/** What happened longer ago is told as so long ago. */
export const AGO_MOST_MS = 86_400_000;

/** Entries in one page of history, and at most in one gap fetch. */
export const PAGE_SIZE = 50;
/** Rows in one page of a conversation list. */
export const LIST_PAGE_SIZE = 40;

export const ACK_TIMEOUT_MS = 10_000;
/** A relay answers sooner than that, if only that it cannot yet: so a line on which no answer comes is a dead one. */
export const ANSWERED_WITHIN_MS = 7_000;
/** How long a handshake may wait for its answer on a line that stands; in a storm of reconnects it waits its turn. */
export const LET_IN_WITHIN_MS = 20_000;
export const HEADS_EVERY_MS = 20_000;
export const TYPING_EVERY_MS = 3_000;
/** A typing line disappears when nothing was heard for this long. */
export const TYPING_SHOWN_MS = 6_000;
export const RETRY_MIN_MS = 500;
export const RETRY_MAX_MS = 30_000;

/** The largest frame the relay reads, in bytes. */
export const FRAME_MAX_BYTES = 65_536;
/** What one socket may ask in a second, on average, and in a burst. */
export const VISITOR_EVENTS_PER_SECOND = 5;
export const VISITOR_BURST = 40;
/** What its page may say of it, in a second and in a burst. */
export const TELLING_PER_SECOND = 0.5;
export const TELLING_BURST = 10;
export const AGENT_EVENTS_PER_SECOND = 25;
export const AGENT_BURST = 150;
/** Bytes that may wait to be read by one socket before it is cut off; it catches up when it is back. */
export const SOCKET_MAX_BUFFERED_BYTES = 2_000_000;
/** Nothing reaches a socket whose right ended longer ago than this. */
export const RIGHTS_SWEEP_MS = 4_000;
