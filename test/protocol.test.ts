import { expect, test } from 'vitest';
import { protocolDocument } from './support/protocol.ts';

test('docs/protocol.md says what the code does (npm run protocol writes it)', async () => {
  await expect(protocolDocument()).toMatchFileSnapshot('../docs/protocol.md');
});
