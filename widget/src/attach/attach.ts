/** The chunk of files: what may be sent, its way to the relay, and how a file is drawn. It comes with the first one. */
import type { WidgetLocale } from '@fullname/shared/locale';
import { loadMore, type More } from '../more-words.ts';
import type { Talk } from '../talk.ts';
import { FileView } from './FileView.tsx';
import { lookAt } from './look.ts';

export { createUploads } from './uploads.ts';

type Shown = { setState(state: { readonly refused: readonly string[] }): void };

export type Attach = {
  readonly locale: WidgetLocale;
  readonly more: More;
  readonly FileView: typeof FileView;
  /** Sends what may be sent; the others are named there. */
  give(files: readonly File[], talk: Pick<Talk, 'sendFiles'>, shown: Shown): Promise<void>;
};

export async function makeAttach(locale: WidgetLocale): Promise<Attach> {
  const more = await loadMore(locale);
  return {
    ...{ locale, more, FileView },
    async give(files, talk, shown) {
      const { taken, refused } = await lookAt(files, { more, locale });
      shown.setState({ refused });
      await talk.sendFiles(taken);
    },
  };
}
