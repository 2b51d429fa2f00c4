/** The chunk of files: what may be sent, its way to the relay, and how a file is drawn. It comes with the first one. */
import type { WidgetLocale } from '@fullname/shared/locale';
import { loadMore, type More } from '../more-words.ts';
import { FileView } from './FileView.tsx';
import { type Looked, lookAt } from './look.ts';

export { createUploads } from './uploads.ts';

export type Attach = {
  readonly locale: WidgetLocale;
  readonly more: More;
  readonly FileView: typeof FileView;
  look(files: readonly File[]): Looked;
};

export async function makeAttach(locale: WidgetLocale): Promise<Attach> {
  const more = await loadMore(locale);
  return { locale, more, FileView, look: (files) => lookAt(files, { more, locale }) };
}
