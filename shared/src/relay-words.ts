/**
 * Names of what the relay itself says to visitors, outside the chat. What it says in the chat's words, as in a transcript, has the
 * chat's own names.
 */

/** Of letters about answers, and of one about a promise that may take longer. */
export const WORDS_OF_LETTERS = [
  ...['answeredYou', 'letterFrom', 'letterWrote', 'letterFile', 'letterGo', 'letterLife', 'letterWhy'],
  ...['letterStop', 'slipSubject', 'slipDear', 'slipHello', 'slipBy', 'slipSorry', 'slipStill'],
] as const;
/** Of a conversation that is mailed, and of the code before it. */
export const WORDS_OF_COPIES = [
  ...['copySubject', 'copyHead', 'copyTimes', 'copyCut', 'copyWhy', 'copyCallBack'],
  ...['codeSubject', 'codeLead', 'codeLife', 'codeNot'],
] as const;
/** Of the page on which such letters are stopped. */
export const WORDS_OF_STOP_PAGE = [
  ...['stopTitle', 'stopAsk', 'stopYes', 'stopDone', 'stopBack', 'stopAgain', 'stopOver'],
] as const;
/** Of what a call-back promises. */
export const WORDS_OF_CALL_BACKS = ['callBackToWrite', 'callBackToPhone'] as const;

export const WORDS_OF_RELAY = [
  ...WORDS_OF_LETTERS,
  ...WORDS_OF_COPIES,
  ...WORDS_OF_STOP_PAGE,
  ...WORDS_OF_CALL_BACKS,
] as const;
export type RelayWord = (typeof WORDS_OF_RELAY)[number];
export type LetterWord = (typeof WORDS_OF_LETTERS)[number];
export type SlipWord = Extract<LetterWord, `slip${string}`>;
export type CopyWord = (typeof WORDS_OF_COPIES)[number];
export type StopWord = (typeof WORDS_OF_STOP_PAGE)[number];
export type CallBackWord = (typeof WORDS_OF_CALL_BACKS)[number];

/** What the relay says, under the names that owners write it anew by. */
export type RelayWords<Word extends RelayWord> = { readonly [One in Word]: string };
