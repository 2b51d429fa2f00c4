import { expect, test } from 'vitest';
import { createDraft } from './draft.ts';
import type { Records } from './storage/kept.ts';

/** A store that answers when it is told to. */
function aSlowStore() {
  const answers: ((value: unknown) => void)[] = [];
  const kept = {
    get: () => new Promise((resolve) => answers.push(resolve)),
    write: async () => undefined,
  } as unknown as Records;
  return { kept, answer: (value: unknown) => answers.shift()?.(value) };
}

test('what was being written is found again', async () => {
  const { kept, answer } = aSlowStore();
  const reading = createDraft(kept, (text) => text).load();
  answer('Half a sentence');
  expect(await reading).toBe('Half a sentence');
});

test('a reading that began before somebody left does not bring their words back', async () => {
  const { kept, answer } = aSlowStore();
  const draft = createDraft(kept, (text) => text);
  const reading = draft.load();
  draft.drop();
  answer('Half a sentence');
  expect(await reading).toBe('');
});
