import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';

export type { Logger } from 'pino';

/**
 * The relay's one logger: JSON lines on standard output in production, otherwise short plain lines on
 * standard error. What people wrote, tokens and passwords never belong in it; the list below is the net for
 * those that slip in.
 */
export function createLogger(config: Pick<Config, 'production' | 'logLevel'>): Logger {
  const options = {
    level: config.logLevel,
    redact: { paths: hidden, censor: '[hidden]' },
    serializers: { err: describeError, error: describeError },
  };
  return config.production ? pino(options) : pino(options, { write: writePlain });
}

const secretKeys = ['text', 'body', 'note', 'token', 'password', 'secret', 'link', 'cookie', 'authorization'];
const hidden = [
  ...secretKeys,
  ...secretKeys.map((key) => `*.${key}`),
  ...secretKeys.map((key) => `*.*.${key}`),
];

type LoggedError = {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly constraint?: string;
  readonly stack?: string;
  readonly cause?: LoggedError;
};

/**
 * An error without the values that went with it: the driver's `detail` and the query layer's "params: …"
 * hold whole rows, and with them what people wrote.
 */
function describeError(error: unknown): unknown {
  return error instanceof Error ? describe(error) : error;
}

function describe(error: Error): LoggedError {
  const fields = error as Error & { code?: unknown; constraint?: unknown };
  const message = withoutParameters(error.message);
  return {
    type: error.constructor.name,
    message,
    ...(typeof fields.code === 'string' && { code: fields.code }),
    ...(typeof fields.constraint === 'string' && { constraint: fields.constraint }),
    ...(error.stack !== undefined && { stack: error.stack.replace(error.message, message) }),
    ...(error.cause instanceof Error && { cause: describe(error.cause) }),
  };
}

function withoutParameters(message: string): string {
  return message.replace(/\nparams: [\s\S]*$/, '');
}

const levelNames: Readonly<Record<number, string>> = {
  10: 'trace',
  20: 'debug',
  30: 'info',
  40: 'warn',
  50: 'error',
  60: 'fatal',
};

function writePlain(line: string): void {
  const {
    level,
    time: _time,
    pid: _pid,
    hostname: _hostname,
    msg,
    err,
    ...rest
  } = JSON.parse(line) as Record<string, unknown>;
  const fields = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : '';
  const stack = (err as LoggedError | undefined)?.stack ?? (err as LoggedError | undefined)?.message;
  process.stderr.write(
    `${levelNames[Number(level)] ?? level}: ${msg ?? ''}${fields}${stack === undefined ? '' : `\n${stack}`}\n`,
  );
}
