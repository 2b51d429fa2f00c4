import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, expect, it, vi } from 'vitest';
import { SearchChoices } from './SearchChoices.tsx';

afterEach(cleanup);

const CITIES = ['Malmö', 'Lund', 'Lübeck'].map((id) => ({ id }));

function draw() {
  const picked = vi.fn<(city: string) => void>();
  const escaped = vi.fn();
  render(
    <SearchChoices
      name="city"
      label="Find a city"
      listLabel="Cities"
      nothing={<p>No such city.</p>}
      find={(query) => CITIES.filter(({ id }) => id.startsWith(query))}
      onPick={({ id }) => picked(id)}
      onEscape={escaped}
    >
      {({ id }) => id}
    </SearchChoices>,
  );
  const field = screen.getByRole<HTMLInputElement>('combobox', { name: 'Find a city' });
  const press = (key: string, more = {}) => fireEvent.keyDown(field, { key, ...more });
  const chosen = () => screen.queryByRole('option', { selected: true });
  return { field, press, chosen, picked, escaped };
}

it('has the focus, marks the first, and names what is marked to those who do not see it', () => {
  const { field, press, chosen } = draw();
  expect(document.activeElement).toBe(field);
  expect(chosen()?.textContent).toBe('Malmö');
  press('ArrowUp');
  expect(chosen()?.textContent).toBe('Lübeck');
  expect(field.getAttribute('aria-activedescendant')).toBe(chosen()?.id);
  press('ArrowDown');
  expect(chosen()?.textContent).toBe('Malmö');
});

it('takes what is marked with Enter, but not the Enter of an input method', () => {
  const { field, press, chosen, picked } = draw();
  press('ArrowDown');
  fireEvent.input(field, { target: { value: 'L' } });
  expect(chosen()?.textContent).toBe('Lund');
  press('Enter', { isComposing: true });
  expect(picked).not.toHaveBeenCalled();
  press('Enter');
  fireEvent.click(screen.getByRole('option', { name: 'Lübeck' }));
  expect(picked.mock.calls).toEqual([['Lund'], ['Lübeck']]);
});

it('says where nothing is found, and Escape goes to whoever drew it', () => {
  const { field, press, picked, escaped } = draw();
  fireEvent.input(field, { target: { value: 'Oslo' } });
  expect(screen.getByText('No such city.')).toBeTruthy();
  press('Enter');
  expect(picked).not.toHaveBeenCalled();
  press('Escape');
  expect(escaped).toHaveBeenCalledTimes(1);
});
