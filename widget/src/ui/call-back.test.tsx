import type { Result } from '@fullname/shared/errors';
import { type ErrorCode, failed } from '@fullname/shared/errors';
import { WIDGET_LOCALES } from '@fullname/shared/locale';
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, test, vi } from 'vitest';
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
  const ask = vi.fn(async (name: string, _: object) =>
    name === 'call-back:find' ? (find ?? { ok: true, value: OFFERED }) : book,
  );
  const talk = {
    ask,
    newId: () => 'c1',
    ready: async () => ({ ok: true, value: { conversation: 'k1' } }),
    passes: (code: ErrorCode) => code === 'UNAVAILABLE',
  } as unknown as Calling;
  const shared = { strings, words: null, locale: 'en', clock: null } as const;
  const own = { more, shared, span: spansIn('en'), moves: null, reached: true };
  render(<CallBack begin={async () => talk} onClose={() => undefined} {...own} />);
  return ask;
}

test.each([
  ['٠٤٤ ٦٦٨ ١٨ ٠٠', '044 668 18 00'],
  ['＋８１　３－１２３４－５６７８', '+81 3-1234-5678'],
  ['\u202a+41\u00a044\u00a0668\u00a018\u00a000\u202c', '+41 44 668 18 00'],
  ['+49 170 – 1234567', '+49 170 - 1234567'],
])('a number is taken as people write it, or copy it: %j', async (typed, number) => {
  const value = { ...OFFERED, telephone: true };
  const ask = draw({ find: { ok: true, value }, book: failed('UNAVAILABLE') });
  fireEvent.click(await screen.findByLabelText(more.callBackPhone));
  fireEvent.input(await screen.findByLabelText(more.callBackNumber), { target: { value: typed } });
  fireEvent.click(screen.getByText(more.callBackBook));
  await vi.waitFor(() =>
    expect(ask).toHaveBeenLastCalledWith('call-back:book', expect.objectContaining({ phone: number })),
  );
});

test.each(WIDGET_LOCALES)('%s: a line never ends within a time', (locale) => {
  const { whole, short } = spansIn(locale);
  for (const one of [whole, short])
    expect(one(FROM, OFFERED.times[0]?.to ?? '')).toMatch(/\d\d:00\u2060–\u2060\d\d:00/);
});

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
