/**
 * What may be sent as a file: both ends look before anything is sent, the relay looks into the bytes besides. How large one may be
 * stands in the site's settings.
 */

export const FILE_TYPES = [
  'image/jpeg',
  'image/png',
  'image/gif',
  'image/webp',
  'application/pdf',
  'text/plain',
] as const;
export type FileType = (typeof FILE_TYPES)[number];

export const FILE_NAME_MAX_LENGTH = 120;

export function isFileType(type: string): type is FileType {
  return (FILE_TYPES as readonly string[]).includes(type);
}

/** What the relay answers to an upload. Nobody else sees the file until it is sent by `file:send`. */
export type UploadedFile = {
  readonly file: string;
  readonly name: string;
  readonly type: FileType;
  readonly bytes: number;
  /** Of a picture, as it lies in the file: before it is turned upright. */
  readonly width: number | null;
  readonly height: number | null;
};
