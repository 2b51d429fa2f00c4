/** The name of a file: shown to people and written to their disks, so it hides nothing and ends as its kind does. */
import { FILE_NAME_MAX_LENGTH, type FileType } from '@fullname/shared/files';
import { takeIn } from '../take-in.ts';

const ENDINGS: Readonly<Record<FileType, readonly [string, ...string[]]>> = {
  'image/jpeg': ['jpg', 'jpeg', 'jfif'],
  'image/png': ['png'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'application/pdf': ['pdf'],
  'text/plain': ['txt', 'text', 'log', 'md', 'csv'],
};

/** Never empty. `invoice.exe`, said to be a picture, becomes `invoice.exe.png`. */
export function cleanName(given: string, type: FileType): string {
  const name = shown(takeIn(given).split(/[/\\]/).at(-1) ?? '');
  const at = name.lastIndexOf('.');
  const isOfItsKind = at > 0 && ENDINGS[type].includes(name.slice(at + 1).toLowerCase());
  const stem = isOfItsKind ? name.slice(0, at) : name;
  const ending = isOfItsKind ? name.slice(at) : `.${ENDINGS[type][0]}`;
  return (cut(stem, FILE_NAME_MAX_LENGTH - ending.length) || 'file') + ending;
}

/** Control characters, those that turn the direction of what follows (`gpj.exe` reads as `exe.jpg`), and what disks refuse. */
function shown(name: string): string {
  return name
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
}

/** By whole characters. */
function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  return text
    .slice(0, max)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd();
}

/** `Content-Disposition`: the name for browsers of today, and one of letters for the others. */
export function disposition(name: string): string {
  const plain = name.replace(/[^\w .()-]/g, '_');
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded(name)}`;
}

/** As RFC 5987 wants it; also fit for a path. */
export function encoded(name: string): string {
  return encodeURIComponent(name).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
