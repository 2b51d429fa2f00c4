import { ok } from '@fullname/shared/errors';
import type { AnswerGroups, FeedbackFigures, Moments } from '@fullname/shared/moments';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { changeSettings } from '../../preferences.ts';
import { fakeRelay, inDesk } from '../../testing/book.tsx';
import { MomentsPage } from './MomentsPage.tsx';

const NOBODY: FeedbackFigures = { answered: { hits: 0, of: 0 }, troubled: { hits: 0, of: 0 } };
const NONE: Moments = {
  partial: false,
  hello: {
    ...{ begun: 0, answered: 0, whileNobody: 0, good: 0, lacking: 0, none: 0, late: 0, unnamed: 0 },
    seconds: null,
  },
  goodbye: {
    ...{ closed: 0, otherLanguage: 0, good: 0, lacking: 0, without: 0 },
    lacks: { thanks: 0, 'customer-name': 0, 'next-step': 0 },
  },
  feedback: {
    all: NOBODY,
    hello: { good: NOBODY, other: NOBODY },
    goodbye: { good: NOBODY, other: NOBODY },
  },
};
const SOME: Moments = {
  ...NONE,
  hello: {
    ...{ begun: 30, answered: 26, whileNobody: 1, good: 15, lacking: 9, none: 1, late: 7, unnamed: 3 },
    seconds: { median: 24, p90: 100, of: 24 },
  },
  feedback: {
    all: { answered: { hits: 20, of: 40 }, troubled: { hits: 5, of: 20 } },
    hello: {
      good: { answered: { hits: 15, of: 25 }, troubled: { hits: 2, of: 15 } },
      other: { answered: { hits: 5, of: 15 }, troubled: { hits: 3, of: 5 } },
    },
    goodbye: { good: NOBODY, other: NOBODY },
  },
  goodbye: {
    ...{ closed: 21, otherLanguage: 1, good: 14, lacking: 6, without: 0 },
    lacks: { thanks: 2, 'customer-name': 0, 'next-step': 5 },
  },
};
const said = (conversation: string, text: string) => ({
  ...{ conversation, text },
  at: '2026-11-20T10:00:00.000Z',
});
const ANSWERS: AnswerGroups[] = [
  {
    ...{ question: 'how', answers: 3, partial: false },
    groups: [[said('c1', 'Far too late.'), said('c2', 'Too late.')], [said('c3', 'Lovely.')]],
  },
  { question: 'hope', answers: 0, partial: true, groups: [] },
];
const SITES = [
  { id: 'a', name: 'Shop' },
  { id: 'b', name: 'Second shop' },
];

let relay: ReturnType<typeof fakeRelay>;
beforeEach(() => {
  changeSettings({ locale: 'en' });
  relay = fakeRelay();
});
afterEach(cleanup);

function answersTo(what: string, moments: Moments) {
  if (what === 'GET /api/sites') return SITES;
  return what.includes('/answers') ? ANSWERS : moments;
}

function show(moments: Moments) {
  relay.answer = ({ what }) => ok(answersTo(what, moments));
  return render(inDesk(<MomentsPage />)).container;
}

const rowsOf = async (title: string) => {
  const card = await screen.findByRole('region', { name: title });
  return within(card)
    .getAllByRole('row')
    .map((row) => row.textContent);
};

it('says how conversations began: shares of what is judged, each with its range, and the time', async () => {
  const page = show(SOME);
  expect(await rowsOf('Hello')).toEqual([
    'WhatShare',
    'Good hello60% 41% to 77%15 of 25',
    'Late, or without the full name7 late · 3 without the full name36% 20% to 55%9 of 25',
    'No hello4% 1% to 20%1 of 25',
  ]);
  expect(page.textContent).toContain('24 sec until the first hello, half the time or sooner');
  expect(page.textContent).toContain('Nine of ten came within 1 min 40 sec. (24 hellos)');
  expect(page.textContent).toContain('A person has answered 26 of the 30 conversations');
  expect(page.textContent).toContain('within 60 seconds');
});

it('says how they ended, and that none ends silently', async () => {
  const page = show(SOME);
  expect(await rowsOf('Goodbye')).toEqual([
    'WhatShare',
    'Good goodbye70% 48% to 85%14 of 20',
    'Something was missing2 without thanks · 5 without what happens next30% 15% to 52%6 of 20',
    'Closed without a goodbye0% 0% to 16%0 of 20',
  ]);
  expect(page.textContent).toContain('nobody can close a conversation without a goodbye');
  expect(page.textContent).toContain('1 more was closed in other languages');
});

it('sets beside each other what was said afterwards, says where it is too little, and that it is no cause', async () => {
  const page = show(SOME);
  expect(await rowsOf('What was said afterwards')).toEqual([
    'AskedAnsweredSomething wrong named',
    'All that were asked50% 35% to 65%20 of 4025% 11% to 47%5 of 20',
    'After a good hello60% 41% to 77%15 of 2513% 4% to 38%2 of 15too few to compare: under 20',
    'After another hello, or none33% 15% to 58%5 of 15too few to compare: under 2060% 23% to 88%3 of 5too few to compare: under 20',
    'After a good goodbyenone yetnone yet',
    'After another goodbyenone yetnone yet',
  ]);
  expect(page.textContent).toContain('not what causes what');
});

it('gives the answers by what they say: a group by its most typical one, then what was said once, each with its conversation', async () => {
  show(SOME);
  const how = await screen.findByRole('region', { name: 'How was it?' });
  expect(how.querySelector('.figure-phrase')?.textContent).toBe('Far too late.');
  expect(how.querySelector('summary')?.textContent).toBe('said 2 times');
  const once = within(how).getByRole('heading', { name: 'Said once' }).parentElement;
  expect(once?.textContent).toContain('Lovely.');
  expect([...how.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual([
    '#c=c1',
    '#c=c2',
    '#c=c3',
  ]);
  const hope = screen.getByRole('region', { name: 'What do you hope for next time?' });
  expect(hope.textContent).toContain('Only the latest 2,000 are here.');
});

it('has bars that are only to be looked at', async () => {
  const page = show(SOME);
  await rowsOf('Hello');
  const bars = [...page.querySelectorAll('svg.bar')];
  expect(bars).toHaveLength(6);
  expect(bars.every((bar) => bar.getAttribute('aria-hidden') === 'true')).toBe(true);
});

it('asks for the time and the site that are chosen', async () => {
  show(SOME);
  await rowsOf('Hello');
  fireEvent.change(screen.getByLabelText('Time'), { target: { value: '90' } });
  fireEvent.change(await screen.findByLabelText('Site'), { target: { value: 'b' } });
  await rowsOf('Hello');
  expect(relay.asked.map(({ what }) => what).filter((what) => what.includes('moments?'))).toEqual([
    'GET /api/moments?days=30',
    'GET /api/moments?days=90',
    'GET /api/moments?days=90&site=b',
  ]);
});

it('says so where nobody has begun a conversation, and where there were more than are counted', async () => {
  show(NONE);
  await screen.findByText('No visitor began a conversation in this time.');
  cleanup();
  show({ ...SOME, partial: true });
  await screen.findByText('Only the latest 5,000 conversations are counted.');
});

it('says why it cannot be read, and asks again', async () => {
  relay.answer = () => ({ ok: false, code: 'UNAVAILABLE' });
  render(inDesk(<MomentsPage />));
  const again = await screen.findByRole('button', { name: 'Try again' });
  relay.answer = ({ what }) => ok(answersTo(what, SOME));
  again.click();
  await rowsOf('Hello');
});
