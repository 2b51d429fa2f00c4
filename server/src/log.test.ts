import { DrizzleQueryError } from 'drizzle-orm/errors';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createLogger } from './log.ts';

/** What the plain log prints for one call. */
function printed(write: (log: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
  write(createLogger({ production: false, logLevel: 'warn' }));
  return lines.join('');
}

afterEach(() => void vi.restoreAllMocks());

describe('the log', () => {
  test('says what went wrong, with its place in the code', () => {
    const output = printed((log) => log.error({ err: new Error('no such room') }, 'join failed'));
    expect(output).toMatch(/^error: join failed\nError: no such room\n\s+at /);
  });

  test('keeps quiet below its level', () => {
    expect(printed((log) => log.info('started'))).toBe('');
  });

  test('never shows what people wrote, not even in an error of the database', () => {
    const cause = Object.assign(new Error('value too long'), {
      code: '22001',
      detail: 'Failing row: hello Megan',
    });
    const error = new DrizzleQueryError('insert into events values ($1)', ['hello Megan'], cause);
    const output = printed((log) =>
      log.error({ err: error, message: { text: 'hello Megan' } }, 'append failed'),
    );
    expect(output).toContain('insert into events');
    expect(output).not.toContain('hello Megan');
  });

  test('never shows tokens and passwords', () => {
    const output = printed((log) =>
      log.warn({ token: 'tok-1', form: { password: 'pw-1' }, a: { b: { cookie: 'c-1' } } }),
    );
    expect(output).toContain('[hidden]');
    expect(output).not.toMatch(/tok-1|pw-1|c-1/);
  });
});
