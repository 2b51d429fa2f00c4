import { type ErrorCode, failed } from '@fullname/shared/errors';
import type { ErrorRequestHandler } from 'express';
import type { Logger } from '../log.ts';
import { RelayError, sqlStateOf } from '../relay-error.ts';

/** The one Express error handler: a RelayError is an answer, anything else a defect, logged without what was sent. */
export function errorHandler(log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const code = codeOf(error);
    if (code !== null) {
      response.status(statusOf(code)).json(failed(code));
      return;
    }
    log.error({ err: error, method: request.method, route: request.baseUrl }, 'a request failed');
    response.status(500).json(failed('UNAVAILABLE'));
  };
}

/** The HTTP status that says the same as the code. */
function statusOf(code: ErrorCode): number {
  return STATUS[code] ?? 400;
}

const STATUS: { readonly [Code in ErrorCode]?: number } = {
  SIGNED_OUT: 401,
  WRONG_PASSWORD: 401,
  FORBIDDEN: 403,
  BAD_ORIGIN: 403,
  BLOCKED: 403,
  FILES_OFF: 403,
  UNKNOWN: 404,
  LINK_USED: 404,
  UNKNOWN_SITE: 404,
  CONFLICT: 409,
  EMAIL_TAKEN: 409,
  LAST_OWNER: 409,
  CHANGED: 409,
  DECIDED: 409,
  NOTHING_TO_PUBLISH: 409,
  MERGED: 409,
  FILE_TOO_LARGE: 413,
  FILE_REFUSED: 415,
  TOO_MANY: 429,
  UNAVAILABLE: 503,
};

/** Express and its body parser mark what the client did wrong with a status below 500. */
function codeOf(error: unknown): ErrorCode | null {
  if (error instanceof RelayError) return error.code;
  // Data that the store cannot hold: a later try, which UNAVAILABLE promises, would mend nothing.
  if (sqlStateOf(error).startsWith('22')) return 'INVALID_PAYLOAD';
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' && status >= 400 && status < 500 ? 'INVALID_PAYLOAD' : null;
}
