import type { PageEvent } from '@fullname/shared/page-data';
import { cleanup, render, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { changeSettings } from '../../preferences.ts';
import { ToldByPage } from './ToldByPage.tsx';

beforeEach(() => changeSettings({ locale: 'en' }));
afterEach(cleanup);

const event = (minute: number): PageEvent => ({
  ...{ id: `e${minute}`, name: `step ${minute}`, meta: {} },
  at: `2026-11-20T10:0${minute}:00.000Z`,
});

it('draws nothing where the page said nothing, and where the relay knows nothing of it', () => {
  const { container, rerender } = render(<ToldByPage told={{ labels: {}, events: [] }} />);
  expect(container.textContent).toBe('');
  rerender(<ToldByPage told={undefined} />);
  expect(container.textContent).toBe('');
});

it('shows labels as labels, and says that nobody has proven them', () => {
  render(<ToldByPage told={{ labels: { seats: 3, plan: '<b>gold</b>', trial: false }, events: [] }} />);
  expect(screen.getAllByRole('term').map((one) => one.textContent)).toEqual(['plan', 'seats', 'trial']);
  expect(screen.getAllByRole('definition').map((one) => one.textContent)).toEqual(['<b>gold</b>', '3', 'no']);
  expect(screen.getByText(/Nobody has proven/)).toBeTruthy();
});

it('shows what happened last first, with what belongs to it; what came earlier is folded', () => {
  const last = { ...event(7), meta: { items: 3, gift: true } };
  render(<ToldByPage told={{ labels: {}, events: [...[1, 2, 3, 4, 5, 6].map(event), last] }} />);
  const [first] = screen.getAllByRole('listitem');
  expect(first?.textContent).toMatch(/^step 7items: 3 · gift: yes · Nov 20/);
  expect(screen.getByText('2 earlier').closest('details')?.textContent).toMatch(/step 2.*step 1/);
});
