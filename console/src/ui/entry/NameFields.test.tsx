import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { useState } from 'preact/hooks';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeSettings } from '../../preferences.ts';
import { NameFields } from './NameFields.tsx';

function Form() {
  const [name, setName] = useState({ given: '', family: '' });
  return <NameFields name={name} onChange={setName} />;
}

const type = (label: string, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } });

beforeEach(() => changeSettings({ locale: 'en' }));
afterEach(cleanup);

describe('the full-name form', () => {
  it('asks for the family name while only a given name is there', () => {
    render(<Form />);
    type('Given name', 'Megan');
    expect(screen.getByText(/Add the family name/)).toBeTruthy();
  });

  it('shows what visitors will read as soon as the name is full', () => {
    const { container } = render(<Form />);
    type('Given name', 'Megan');
    type('Family name', 'Kajitani');
    expect(container.textContent).toContain('You are now speaking with Megan Kajitani');
    expect(screen.queryByText(/Add the family name/)).toBeNull();
  });

  it('refuses an initial and a team', () => {
    render(<Form />);
    type('Given name', 'Megan');
    type('Family name', 'K.');
    expect(screen.getByText(/one letter is not enough/)).toBeTruthy();
    type('Family name', 'Support');
    expect(screen.getByText(/does not look like a person/)).toBeTruthy();
  });

  it('writes a Chinese name family first and without a space', () => {
    const { container } = render(<Form />);
    type('Given name', '怡君');
    type('Family name', '林');
    expect(container.querySelector('.full-name')?.textContent).toBe('林怡君');
  });
});
