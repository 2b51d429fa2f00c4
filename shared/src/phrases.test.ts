import { expect, test } from 'vitest';
import { fillPhrase, openSlots } from './phrases.ts';

const text = 'Hello {customer.name|there}, {agent.fullName} here about {failure.what}. {x} stays.';

test('fills what is known and takes the fallback for what is not', () => {
  expect(fillPhrase(text, { 'agent.fullName': 'Megan Kajitani', 'failure.what': 'the vase' })).toBe(
    'Hello there, Megan Kajitani here about the vase. {x} stays.',
  );
  expect(fillPhrase('{customer.name|there}', { 'customer.name': 'Anna' })).toBe('Anna');
});

test('finds the slots that are still open, by offset, and no other braces', () => {
  const filled = fillPhrase(text, { 'agent.fullName': 'Megan Kajitani' });
  const [slot, ...rest] = openSlots(filled);
  expect(rest).toEqual([]);
  expect(slot && filled.slice(slot.from, slot.to)).toBe('{failure.what}');
  expect(openSlots('if (a) { return b; } {} {hello}')).toEqual([]);
});
