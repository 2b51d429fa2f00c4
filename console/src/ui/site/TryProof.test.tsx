import type { ProofReport } from '@fullname/shared/api';
import { ok } from '@fullname/shared/errors';
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { changeSettings } from '../../preferences.ts';
import { fakeRelay } from '../../testing/book.tsx';
import { TryProof } from './TryProof.tsx';

let http: ReturnType<typeof fakeRelay>;
beforeEach(() => {
  changeSettings({ locale: 'en' });
  http = fakeRelay();
});
afterEach(cleanup);

const status = () => screen.getByRole('status');

async function say(report: ProofReport): Promise<void> {
  http.answer = () => ok(report);
  fireEvent.input(screen.getByRole('textbox'), { target: { value: ' a.b.c ' } });
  fireEvent.click(screen.getByRole('button', { name: 'Test it' }));
  await waitFor(() => expect(status().textContent).not.toBe(''));
}

test('an owner sees what a proof proves, or what to mend in it', async () => {
  render(<TryProof site="shop" />);
  await say({ holds: false, why: 'id-no-text' });
  expect(status().textContent).toBe('The id has to be a text: "7", not 7.');
  expect(status().dataset.good).toBe('false');
  expect(http.asked.at(-1)).toMatchObject({ what: 'POST /api/sites/shop/proof', body: { proof: 'a.b.c' } });
  await say({ holds: true, subject: '7', name: 'Anna Lindqvist', email: null, until: null });
  await waitFor(() => expect(status().textContent).toBe('It holds, and proves: 7, Anna Lindqvist.'));
  expect(status().dataset.good).toBe('true');
});
