import type { BookFigures } from '@fullname/shared/book';
import { ok } from '@fullname/shared/errors';
import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeSettings } from '../../preferences.ts';
import { fakeRelay, inDesk, phrase, rule } from '../../testing/book.tsx';
import { FiguresSection } from './FiguresSection.tsx';

const NONE: BookFigures = {
  rules: [],
  situations: [],
  requests: {
    granted: 0,
    alternative: 0,
    declined: 0,
    reasons: { safety: 0, security: 0, privacy: 0, health: 0, ethics: 0 },
    yesRate: null,
  },
};
const ruleFigures: BookFigures['rules'][number] = {
  rule: rule.id,
  findings: 21,
  outcomes: { taken: 8, changed: 4, dismissed: 7, 'not-here': 1, left: 1 },
  lately: { dismissed: 7, of: 21 },
  precision: 0.6,
  quietSince: null,
};

let relay: ReturnType<typeof fakeRelay>;
beforeEach(() => {
  changeSettings({ locale: 'en' });
  relay = fakeRelay();
});
afterEach(cleanup);

async function show(figures: Partial<BookFigures>): Promise<string> {
  relay.answer = () => ok({ ...NONE, ...figures });
  const shelf = { rules: [rule], phrases: [phrase] };
  const { container } = render(inDesk(<FiguresSection locale="en" onLocale={() => undefined} />, { shelf }));
  await screen.findByRole('heading', { name: 'Rules' });
  return container.textContent ?? '';
}

const bars = () => screen.queryAllByRole('img').map((one) => one.getAttribute('aria-label'));

describe('the figures of the book', () => {
  it('say for each rule what became of its findings, and how often it was right, with range and count', async () => {
    const text = await show({ rules: [ruleFigures] });
    expect(bars()).toEqual(['8 taken, 4 changed otherwise, 7 dismissed, 1 not here, 1 left as it was']);
    expect(text).toContain('Right as judged 60% (39% to 78%) of 20 judged');
    expect(text).toContain('7 of the last 21 dismissed');
  });

  it('say so where there is not enough to judge by', async () => {
    const outcomes = { taken: 2, changed: 0, dismissed: 1, 'not-here': 0, left: 9 };
    const text = await show({ rules: [{ ...ruleFigures, outcomes, precision: null }] });
    expect(text).toContain('not enough data yet (3 of 10 judged)');
    expect(text).not.toContain('%');
  });

  it('give the yes-rate with its range, and the five reasons for a plain no, each bar with a name', async () => {
    const reasons = { safety: 2, security: 0, privacy: 0, health: 0, ethics: 0 };
    const text = await show({
      requests: { granted: 14, alternative: 4, declined: 2, reasons, yesRate: 0.9 },
    });
    expect(text).toContain('90% ended with a yes or another way');
    expect(text).toContain('70% – 97% · of 20 wishes');
    expect(bars()).toEqual([
      '14 granted, 4 another way, 2 a plain no',
      '2 safety',
      '0 security',
      '0 privacy',
      '0 health',
      '0 ethics',
    ]);
  });

  it('show by situation how phrases are used, and what customers wrote next', async () => {
    const uses = { phrase: phrase.id, asItStands: 1, edited: 3, next: ['Oh, a person.'] };
    const text = await show({ situations: [{ situation: 'hello', phrases: [uses] }] });
    expect(text).toContain(phrase.text);
    expect(bars()).toEqual(['3 edited, 1 as it stands']);
    expect(text).toContain('Oh, a person.');
  });

  it('still count a rule that has left the book', async () => {
    const text = await show({ rules: [{ ...ruleFigures, rule: 'gone' }] });
    expect(text).toContain('no longer in the book');
  });

  it('say why they cannot be read, and are asked for again', async () => {
    relay.answer = () => ({ ok: false, code: 'UNAVAILABLE' });
    render(inDesk(<FiguresSection locale="en" onLocale={() => undefined} />));
    const again = await screen.findByRole('button', { name: 'Try again' });
    relay.answer = () => ok(NONE);
    again.click();
    await screen.findByText('No rule has found anything yet.');
  });
});
