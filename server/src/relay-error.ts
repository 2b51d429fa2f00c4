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
