/** `npm run csp -- https://HOST [https://PAGE …]`: what a page's policy must allow for the chat of the relay at HOST. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cspFor, inlinedIn } from './csp.ts';
import { readHost } from './hosts.ts';

const FRAME = fileURLToPath(new URL('../../../widget/dist/frame.html', import.meta.url));

const [host, ...pages] = process.argv.slice(2);
const origin = readHost(host ?? '');
const hosts = pages.map(readHost);

if (origin === null || origin.includes('*') || hosts.includes(null)) {
  process.stderr.write(
    'Say where the relay is, and if you like which pages embed its chat:\n  npm run csp -- https://chat.example.com https://www.example.com\n',
  );
  process.exitCode = 1;
} else {
  const known = hosts.filter((page) => page !== null);
  const lines = cspFor({ origin, hosts: known, ...inlinedIn(readFileSync(FRAME, 'utf8')) });
  process.stdout.write(`Add to the Content-Security-Policy of the pages that have the tag:

${lines.hostPage.map((line) => `  ${line};`).join('\n')}

No other line is needed, and never 'unsafe-inline'. A page with 'strict-dynamic' gives the tag its nonce in place of the first line.

The chat itself, in its frame, is served with${known.length > 0 ? '' : ' (its frame-ancestors has the allowed pages of its site as well)'}:

  ${lines.frame}
`);
}
