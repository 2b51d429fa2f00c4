/** The helpers of docs/identity.md, run as they stand there, against the relay's own verification. */
import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { verifyIdentity } from '../../server/src/people/identity.ts';
import { root } from '../support/root.ts';

const SECRET = 'a-secret-of-thirty-two-letters-or-more';
const KEY = { name: 'A key', at: '2026-01-01T00:00:00.000Z', retiredAt: null };
const pair = generateKeyPairSync('ed25519');
const SITE = {
  key: 'shop',
  identitySecret: 'the-first-secret-of-the-site-itself',
  identityKeys: [
    { ...KEY, kid: 'k1', kind: 'HS256', secret: SECRET },
    { ...KEY, kid: 'h1', kind: 'hash', secret: SECRET },
    { ...KEY, kid: 'e1', kind: 'EdDSA', publicKey: pair.publicKey.export({ type: 'spki', format: 'pem' }) },
  ],
};
/** Quotes, a slash and other scripts: where encodings differ. */
const SUBJECT = 'Zo\u00eb "7" / \u9673\u5927\u6587';
const exp = Math.floor(Date.now() / 1000) + 600;

/** `calls` prints a token under a kid, one without, and a hash, a line each. */
type Helper = {
  readonly language: string;
  readonly command: string;
  readonly file: string;
  readonly calls: string;
  readonly before?: string;
};

/** A literal of plain ASCII, that most languages read alike. */
const quoted = (text: string) =>
  JSON.stringify(text).replace(
    /[^ -~]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
const subject = quoted(SUBJECT);
const first = SITE.identitySecret;

const HELPERS: readonly Helper[] = [
  {
    ...{ language: 'js', command: process.execPath, file: 'sign.mjs' },
    calls: `const claims = { sub: ${subject}, exp: ${exp} };
console.log(fullnameToken(claims, '${SECRET}', 'k1'));
console.log(fullnameToken(claims, '${first}'));
console.log(fullnameHash(${subject}, '${SECRET}'));`,
  },
  {
    ...{ language: 'python', command: 'python3', file: 'sign.py' },
    calls: `claims = {"sub": ${subject}, "exp": ${exp}}
print(fullname_token(claims, "${SECRET}", "k1"))
print(fullname_token(claims, "${first}"))
print(fullname_hash(${subject}, "${SECRET}"))`,
  },
  {
    ...{ language: 'php', command: 'php', file: 'sign.php', before: '<?php\n' },
    calls: `$subject = json_decode('${subject.replaceAll('\\', '\\\\')}');
$claims = ['sub' => $subject, 'exp' => ${exp}];
echo fullname_token($claims, '${SECRET}', 'k1'), "\\n", fullname_token($claims, '${first}'), "\\n";
echo fullname_hash($subject, '${SECRET}'), "\\n";`,
  },
  {
    ...{ language: 'ruby', command: 'ruby', file: 'sign.rb' },
    calls: `claims = { sub: ${subject}, exp: ${exp} }
puts fullname_token(claims, '${SECRET}', 'k1'), fullname_token(claims, '${first}'), fullname_hash(${subject}, '${SECRET}')`,
  },
  {
    ...{ language: 'java', command: 'java', file: 'Sign.java' },
    calls: `class Sign {
    public static void main(String[] none) throws Exception {
        String claims = ${JSON.stringify(`{"sub":${subject},"exp":${exp}}`)};
        System.out.println(FullnameIdentity.token(claims, "${SECRET}", "k1"));
        System.out.println(FullnameIdentity.token(claims, "${first}", null));
        System.out.println(FullnameIdentity.hash(${subject}, "${SECRET}"));
    }
}`,
  },
];

describe('a helper of docs/identity.md', () => {
  test('stands there in five languages', () => {
    expect(HELPERS.map(({ language }) => blockOf(language).length > 0)).toEqual(HELPERS.map(() => true));
  });

  describe.each(HELPERS)('in $language', (helper) => {
    const isHere = spawnSync(helper.command, ['--version']).status === 0;
    test.skipIf(!isHere)('proves who it is', async () => {
      const [token = '', plain = '', hash = ''] = run(helper).trim().split(/\r?\n/);
      const proofs = [token, plain, JSON.stringify({ userId: SUBJECT, hash })];
      for (const proof of proofs) expect((await verifyIdentity(SITE, proof)).subject).toBe(SUBJECT);
      const header = JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as object;
      expect(header).toEqual({ alg: 'HS256', typ: 'JWT', kid: 'k1' });
    });
  });

  test('with a pair proves it too', async () => {
    const pem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const call = `console.log(fullnamePairToken({ sub: ${subject}, exp: ${exp} }, ${JSON.stringify(pem)}, 'e1'));`;
    const token = runText({
      command: process.execPath,
      file: 'pair.mjs',
      text: `${blockOf('js', /PairToken/)}\n${call}`,
    });
    expect((await verifyIdentity(SITE, token.trim())).subject).toBe(SUBJECT);
  });
});

/** The document's block of a language in which this is defined. */
function blockOf(language: string, what = /[Hh]ash\b/): string {
  const text = readFileSync(join(root, 'docs/identity.md'), 'utf8');
  const blocks = [...text.matchAll(/```(\w+)\n([\s\S]*?)```/g)];
  return blocks.find(([, name, code = '']) => name === language && code.match(what))?.[2] ?? '';
}

/** A class with `main` must come first of Java's, and imports before it. */
function run({ language, calls, before = '', ...program }: Helper): string {
  const block = blockOf(language);
  const text =
    language === 'java' ? block.replace('\nclass ', () => `\n${calls}\n\nclass `) : `${block}\n${calls}`;
  return runText({ ...program, text: before + text });
}

function runText({ command, file, text }: { command: string; file: string; text: string }): string {
  const folder = mkdtempSync(join(tmpdir(), 'fullname-helper-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, file), text);
  return execFileSync(command, [file], { cwd: folder, encoding: 'utf8' });
}
