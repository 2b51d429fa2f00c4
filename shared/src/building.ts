/** What is built with customers: what they wish in their own words, who builds it, who may be named, and who was told that it is here. */
import type { ErrorCode } from './errors.ts';
import type { PersonRef } from './model.ts';

export const BUILD_STATES = ['wished', 'building', 'here', 'not-now'] as const;
export type BuildState = (typeof BUILD_STATES)[number];

export type Build = {
  readonly id: string;
  /** In a few words, as colleagues speak of it. */
  readonly what: string;
  readonly state: BuildState;
  /** Whoever has said that they build it. */
  readonly builder: PersonRef | null;
  /** Why not now; null otherwise. */
  readonly why: string | null;
  readonly by: PersonRef;
  readonly at: string;
  readonly wishes: readonly BuildWish[];
};

/** One customer's part in it. */
export type BuildWish = {
  readonly id: string;
  readonly conversation: string;
  /** Null: somebody whose name nobody knows. */
  readonly customer: { readonly name: string; readonly known: boolean } | null;
  readonly words: string;
  /** As whom they want to be named where it is spoken of; null: not at all. */
  readonly credit: string | null;
  readonly by: PersonRef;
  readonly at: string;
  /** Who has told them that it is here. */
  readonly told: { readonly by: PersonRef; readonly at: string } | null;
};

export type BuildWishDraft = Pick<BuildWish, 'id' | 'conversation' | 'words'> & { readonly credit?: string };
/** A new one, with its first wish. */
export type BuildDraft = { readonly id: string; readonly what: string; readonly wish: BuildWishDraft };

export type BuildAct =
  | { readonly act: 'build' }
  | { readonly act: 'here' }
  | { readonly act: 'not-now'; readonly why: string }
  /** Everybody who has not been told yet reads these words from whoever says them. */
  | { readonly act: 'tell'; readonly text: string };

/** `left`: who could not be told just now, and why. */
export type BuildActed = {
  readonly build: Build;
  readonly left: readonly { readonly wish: string; readonly code: ErrorCode }[];
};
