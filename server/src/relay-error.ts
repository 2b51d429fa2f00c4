import { ERROR_TEXTS, type ErrorCode } from '@fullname/shared/errors';

/** What any file may throw: a closed code. The edge turns it into `{ ok: false, code }`; anything else is a defect and is logged. */
export class RelayError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode) {
    super(ERROR_TEXTS[code]);
    this.name = 'RelayError';
    this.code = code;
  }
}

/** The SQLSTATE of an error of the store, '' for any other; the query layer wraps the driver's error. */
export function sqlStateOf(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const { code } = (cause ?? {}) as { code?: unknown };
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : '';
}
