import type { Result } from '@fullname/shared/errors';
import { type ErrorCode, failed } from '@fullname/shared/errors';
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { en as more } from '../more-words.ts';
import { en as strings } from '../strings.ts';
import { en as words } from '../words.ts';
import { CallBack, type Calling } from './CallBack.tsx';
import { spansIn } from './call-back-line.tsx';

afterEach(cleanup);

const FROM = '2026-03-03T10:00:00.000Z';
const OFFERED = { times: [{ from: FROM, to: '2026-03-03T11:00:00.000Z' }], telephone: false };

/** A relay that offers one time, unless `find` says otherwise, and refuses to book it. */
function draw({ find, book }: { readonly find?: Result<unknown>; readonly book?: Result<unknown> }) {
  const talk = {
    ask: async (name: string) => (name === 'call-back:find' ? (find ?? { ok: true, value: OFFERED }) : book),
    newId: () => 'c1',
    ready: async () => ({ ok: true, value: { conversation: 'k1' } }),
    passes: (code: ErrorCode) => code === 'UNAVAILABLE',
  } as unknown as Calling;
  const shared = { strings, words: null, locale: 'en', clock: null } as const;
  const own = { more, shared, span: spansIn('en'), moves: null, reached: true };
  render(<CallBack begin={async () => talk} onClose={() => undefined} {...own} />);
}

test.each([
  ['IDENTITY_REQUIRED', words.IDENTITY_REQUIRED],
  ['BLOCKED', words.BLOCKED],
  ['CONFLICT', more.callBackOther],
  ['UNAVAILABLE', more.askLost],
] as const)('a time that is refused with %s is refused with its own reason', async (code, reason) => {
  draw({ book: failed(code) });
  fireEvent.click(await screen.findByText(more.callBackBook));
  expect((await screen.findByRole('alert')).textContent).toBe(reason);
});

test.each([
  ['IDENTITY_REQUIRED', words.IDENTITY_REQUIRED],
  ['UNAVAILABLE', more.askLost],
] as const)(
  'times that cannot be asked for, with %s, are not there for that reason',
  async (code, reason) => {
    draw({ find: failed(code) });
    expect((await screen.findByRole('alert')).textContent).toBe(reason);
  },
);
