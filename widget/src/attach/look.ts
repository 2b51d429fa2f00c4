/** What may be sent is known before a byte of it is: by its kind, and by its size in the words of the site's own limit. */
import type { ErrorCode } from '@fullname/shared/errors';
import { type FileType, isFileType } from '@fullname/shared/files';
import type { WidgetLocale } from '@fullname/shared/locale';
import type { More } from '../more-words.ts';
import { pageSettings } from '../settings.ts';
import { say } from '../strings.ts';
import type { Chosen } from '../talk.ts';
import { redraw } from './redraw.ts';

export type Looked = { readonly taken: readonly Chosen[]; readonly refused: readonly string[] };
type Telling = { readonly more: More; readonly locale: WidgetLocale };

/** A picture that is too large, or of a kind that is not taken, is made into one that may be sent where this browser can read it. */
export async function lookAt(files: readonly File[], telling: Telling): Promise<Looked> {
  const taken: Chosen[] = [];
  const refused: string[] = [];
  for (const file of files) {
    const name = file.name || 'file';
    const type = typeOf(file);
    const isLarge = file.size > pageSettings().attachments.maxBytes;
    const made = isLarge || type === null ? await asJpeg(file, type) : null;
    if (made) taken.push({ name: name.replace(/\.\w+$|$/, '.jpg'), type: 'image/jpeg', body: made });
    else if (type === null) refused.push(refusal('FILE_REFUSED', name, telling));
    else if (isLarge) refused.push(refusal('FILE_TOO_LARGE', name, telling));
    else taken.push({ name, type, body: file });
  }
  return { taken, refused };
}

/** What moves would stand still. */
async function asJpeg(file: File, type: FileType | null): Promise<Blob | null> {
  const isPicture = file.type.startsWith('image/') || PICTURES.test(file.name);
  if (!isPicture || file.size === 0 || type === 'image/gif') return null;
  return redraw(file, pageSettings().attachments.maxBytes);
}

/** In words that name the file, and the limit where that is the reason. */
export function refusal(code: ErrorCode, name: string, { more, locale }: Telling): string {
  if (code === 'FILE_TOO_LARGE')
    return say(more.FILE_TOO_LARGE, name, sizeOf(pageSettings().attachments.maxBytes, locale));
  if (code === 'FILE_REFUSED') return say(more.FILE_REFUSED, name);
  if (code === 'FILES_OFF') return more.FILES_OFF;
  return say(code === 'UNKNOWN' ? more.fileGone : more.fileFailed, name);
}

/** 1.2 MB, in the page's language; kilobytes below one. Limits are set in powers of two, and read so. */
export function sizeOf(bytes: number, locale: string): string {
  const isLarge = bytes >= MEGABYTE;
  return new Intl.NumberFormat(`${locale}-u-nu-latn`, {
    ...{ style: 'unit', unit: isLarge ? 'megabyte' : 'kilobyte', unitDisplay: 'short' },
    maximumFractionDigits: isLarge ? 1 : 0,
  }).format(isLarge ? bytes / MEGABYTE : Math.max(1, bytes / 1_024));
}

const MEGABYTE = 1_048_576;
/** Systems that do not know these kinds give them no type. */
const PICTURES = /\.(hei[cf]s?|avif|bmp|jxl|tiff?)$/i;
/** Plain text under the names that systems give it. */
const TEXTS = /\.(txt|text|log|md|csv)$/i;

/** Systems name types by a file's ending, if at all; the relay looks into the bytes. An empty file is none. */
function typeOf({ type, name, size }: File): FileType | null {
  if (size === 0) return null;
  const said = type.split(';')[0] ?? '';
  if (isFileType(said)) return said;
  return TEXTS.test(name) ? 'text/plain' : null;
}
