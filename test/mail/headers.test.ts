import { expect, test } from 'vitest';
import type { NewMail } from '../../server/src/mail/mail.ts';
import { aClock, aLetter, aMailServer, openPost, openStore, someoneToWriteTo } from './post.ts';

/** What people paste, on purpose or not. */
const BREAKS = [
  '\r\n',
  '\n',
  '\r',
  '\n\n',
  '\u2028',
  '\u0085',
  '\u0000\n',
  '%0d%0a',
  '\r\n\t',
  '\u560d\u560a',
];

test('the head says who writes, and that no machine is to answer', async () => {
  const { head, body, letter } = await sent({ subject: 'Your lamp, once more' });
  expect(head.from).toBe('"Megan Kajitani at Larkspur & Reed" <care@larkspur.example>');
  expect(head['reply-to']).toBe('care@larkspur.example');
  expect(head.to).toBe(letter.to);
  expect(head.subject).toBe('Your lamp, once more');
  expect(head['message-id']).toBe(`<${letter.id}@larkspur.example>`);
  expect(head['auto-submitted']).toBe('auto-generated');
  expect(head['content-type']).toMatch(/^text\/plain; charset=utf-8/);
  expect(body).toBe(letter.body);
});

test.each([
  ['en', 'Déjà vu – your lamp', 'Megan Kajitani', 'Megan Kajitani at Larkspur & Reed'],
  ['zh-Hans', '关于您的台灯：真的好了吗？', '林 怡君', 'Larkspur & Reed 林 怡君'],
  ['zh-Hant', '關於您的檯燈：真的好了嗎？', '林 怡君', 'Larkspur & Reed 林 怡君'],
  ['ja', 'ランプの件', '佐藤 花', 'Larkspur & Reed 佐藤 花'],
  ['de', 'Ihre Lampe', 'Jörg Weiß', 'Jörg Weiß · Larkspur & Reed'],
])('subjects and names in %s arrive as they were written', async (locale, subject, fullName, sender) => {
  const body = `${subject}\n\n${fullName}`;
  const mail = await sent({ subject, body }, { locale, fullName });
  expect(decoded(mail.head.subject)).toBe(subject);
  expect(decoded(mail.head.from)).toContain(sender);
  expect(mail.raw.split('\r\n\r\n')[0]).toMatch(/^[\x20-\x7e\r\n\t]*$/);
  expect(mail.body).toBe(body);
});

test.each(BREAKS.map((one) => [JSON.stringify(one), one]))(
  '%s in a subject or a name makes no header',
  async (_, line) => {
    const evil = `Hello${line}Bcc: victim@example.com${line}X-Evil: yes`;
    const { head, server } = await sent({ subject: evil }, { fullName: `Megan ${evil}` });
    expect(head.bcc).toBeUndefined();
    expect(head['x-evil']).toBeUndefined();
    expect(decoded(head.subject)).toContain('Bcc: victim@example.com');
    expect(server.taken.map(({ to }) => to)).not.toContain('victim@example.com');
    expect(Object.keys(head).toSorted()).toEqual(HEADERS);
  },
);

test('lines of the body stay in the body, a dot alone too', async () => {
  const body = 'one\n.\nMAIL FROM:<evil@example.com>\n..two\nBcc: victim@example.com';
  const mail = await sent({ body });
  expect(mail.body).toBe(body);
  expect(mail.server.taken).toHaveLength(1);
  expect(Object.keys(mail.head).toSorted()).toEqual(HEADERS);
});

test.each([
  'ada@example.com\r\nBcc: victim@example.com',
  'ada@example.com\nRCPT TO:<victim@example.com>',
  'ada@example.com, victim@example.com',
  'ada@example.com; victim@example.com',
  'Ada <ada@example.com>',
  '<ada@example.com>',
  '"ada\r\n"@example.com',
  'ada@example.com>\u0000',
  'ada@[127.0.0.1]',
  'group: victim@example.com;',
  'ada@example.com ORCPT=rfc822;victim@example.com',
  'ada',
  '',
])('%j is no address', async (to) => {
  const database = await openStore();
  const { mail } = openPost(database, { smtp: 'smtp://127.0.0.1:9', clock: aClock() });
  const someone = await someoneToWriteTo(database, { email: to });
  await expect(mail.postMail(database.db, aLetter(someone))).rejects.toMatchObject({ code: 'BAD_EMAIL' });
  expect(await mail.mayMail(database.db, someone.customer)).toEqual({ may: false, why: 'MAIL_UNPROVEN' });
});

test('a mail without words, or with too many, is refused', async () => {
  const database = await openStore();
  const { mail } = openPost(database, { smtp: 'smtp://127.0.0.1:9', clock: aClock() });
  const to = await someoneToWriteTo(database);
  const post = (words: Partial<NewMail>) => mail.postMail(database.db, aLetter(to, words));
  await expect(post({ subject: ' \r\n ' })).rejects.toMatchObject({ code: 'EMPTY' });
  await expect(post({ body: '\n' })).rejects.toMatchObject({ code: 'EMPTY' });
  await expect(post({ body: 'x'.repeat(4_001) })).rejects.toMatchObject({ code: 'TOO_LONG' });
  await expect(post({ subject: 'x'.repeat(201) })).rejects.toMatchObject({ code: 'TOO_LONG' });
});

const HEADERS = [
  ...['auto-submitted', 'content-transfer-encoding', 'content-type', 'date', 'from', 'message-id'],
  ...['mime-version', 'reply-to', 'subject', 'to'],
];

async function sent(words: Partial<NewMail>, who: { locale?: string; fullName?: string } = {}) {
  const server = await aMailServer();
  const post = openPost(await openStore(), { smtp: server.url, clock: aClock() });
  const letter = aLetter(await someoneToWriteTo(post.database, who), words);
  await post.mail.postMail(post.database.db, letter);
  await post.jobs.runDue();
  const raw = server.taken[0]?.raw ?? '';
  return { ...parsed(raw), raw, letter, server };
}

/** As RFC 5322 has it: lines that begin with a space belong to the one before. */
function parsed(raw: string): { head: Record<string, string>; body: string } {
  const end = raw.indexOf('\r\n\r\n');
  const lines = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const head = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  );
  const encoded = raw.slice(end + 4);
  return {
    head,
    body: decodedBody(encoded, head['content-transfer-encoding'] ?? '')
      .replace(/\r\n/g, '\n')
      .replace(/\n$/, ''),
  };
}

function decodedBody(text: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(text, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return text;
  return quotedPrintable(text.replace(/=\r\n/g, ''));
}

function quotedPrintable(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Encoded words (RFC 2047) as a reader shows them. */
function decoded(header = ''): string {
  return header
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([QB])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString('utf8')
        : quotedPrintable(text.replaceAll('_', ' ')),
    );
}
