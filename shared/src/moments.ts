/** How conversations begin and end: figures of the company. Nobody who answers is in them, and nothing here can be asked for a person. */
import type { FarewellQuestion } from './model.ts';

/** For how many days back. */
export const MOMENT_DAYS = [30, 90] as const;
export type MomentDays = (typeof MOMENT_DAYS)[number];

/** A hello in time is there within so many seconds of the visitor's first words. */
export const HELLO_WITHIN_S = 60;
/** So many of the latest conversations are read, and so many of the latest answers. */
export const TALKS_MOST = 5_000;
export const ANSWERS_MOST = 2_000;

/** Fewer than this are too few to compare. */
export const COMPARED_FROM = 20;

/** So many of so many. */
export type Share = { readonly hits: number; readonly of: number };

export type HelloFigures = {
  /** What visitors began, here and below: once for each time that it was taken up again after a goodbye. */
  readonly begun: number;
  /** Of these a person answered. */
  readonly answered: number;
  /** Of these it is known that nobody was here: their hellos are not judged. */
  readonly whileNobody: number;
  /** What was answered and is judged, in three parts. */
  readonly good: number;
  /** Not in time, or without the full name. */
  readonly lacking: number;
  readonly none: number;
  /** Of `lacking`; what is both counts in both. */
  readonly late: number;
  readonly unnamed: number;
  /** Until the first human hello, where one was said to waiting words; null where none was. */
  readonly seconds: { readonly median: number; readonly p90: number; readonly of: number } | null;
};

export const GOODBYE_LACKS = ['thanks', 'customer-name', 'next-step'] as const;
export type GoodbyeLack = (typeof GOODBYE_LACKS)[number];

/** `lacking` lacks some of the three, `without` was closed with no goodbye at all. */
export type GoodbyeFigures = {
  readonly closed: number;
  /** Of these in a language whose thanks are not known: their goodbyes are not judged. */
  readonly otherLanguage: number;
  readonly good: number;
  readonly lacking: number;
  readonly without: number;
  /** Of `lacking`, each by itself. */
  readonly lacks: Readonly<Record<GoodbyeLack, number>>;
};

/** Of those that were asked the two questions; of those who answered, in whose words something went wrong. */
export type FeedbackFigures = { readonly answered: Share; readonly troubled: Share };

export type Moments = {
  /** There were more than `TALKS_MOST`: the older ones are left out. */
  readonly partial: boolean;
  readonly hello: HelloFigures;
  readonly goodbye: GoodbyeFigures;
  readonly feedback: {
    readonly all: FeedbackFigures;
    readonly hello: { readonly good: FeedbackFigures; readonly other: FeedbackFigures };
    readonly goodbye: { readonly good: FeedbackFigures; readonly other: FeedbackFigures };
  };
};

export type MomentAnswer = { readonly conversation: string; readonly at: string; readonly text: string };

/** The answers to one question: who answered alike stands together, the largest group first. */
export type AnswerGroups = {
  readonly question: FarewellQuestion;
  readonly answers: number;
  /** There were more than `ANSWERS_MOST`: the older ones are left out. */
  readonly partial: boolean;
  /** The members, the most typical first. */
  readonly groups: readonly (readonly MomentAnswer[])[];
};
