/** What the console and its preview of the chat say to each other. */
import type { WidgetLocale } from './locale.ts';
import type { PersonCard } from './model.ts';
import type { SiteSettings } from './site-settings.ts';

/** The preview's first word: it is there and draws what it is told. */
export const PREVIEW_READY = 'fullname:preview-ready';

export const PREVIEW_SHOW = 'fullname:preview-show';

/** Which of the two a preview draws; the fragment of its address. */
export type PreviewPart = 'chat' | 'launcher';

export type PreviewWish = {
  readonly type: typeof PREVIEW_SHOW;
  /** As they stand in the fields: what cannot be used has its usual value. */
  readonly settings: SiteSettings;
  readonly locale: WidgetLocale;
  readonly dark: boolean;
  readonly person: PersonCard;
};
