import { hash, verify } from '@node-rs/argon2';
import { RelayError } from '../relay-error.ts';

const PASSWORD_MIN_LENGTH = 15;
export const PASSWORD_MAX_LENGTH = 256;

/** Argon2id, the library's own default; OWASP's figures: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** The hash to store. Throws WEAK_PASSWORD; `known` are words an attacker would try first: the person's name and e-mail. */
export async function hashPassword(password: string, known: readonly string[] = []): Promise<string> {
  if (isWeak(password, known)) throw new RelayError('WEAK_PASSWORD');
  return hash(password.normalize('NFC'), COST);
}

/**
 * Whether the password is right. Without a stored hash (an unknown address, an invitation not accepted) the same work is
 * done in vain: the time it takes must not tell who is here.
 */
export async function passwordMatches(stored: string | null | undefined, password: string): Promise<boolean> {
  nobody ??= hash('a password that nobody has', COST);
  const matches = await verify(stored ?? (await nobody), password.normalize('NFC'));
  return matches && typeof stored === 'string';
}

let nobody: Promise<string> | undefined;

function isWeak(password: string, known: readonly string[]): boolean {
  const characters = [...password];
  if (characters.length < PASSWORD_MIN_LENGTH || password.length > PASSWORD_MAX_LENGTH) return true;
  // "abababababababab" is as long as it is poor.
  if (new Set(characters).size < 5) return true;
  const plain = plainly(password);
  if (RUNS.some((run) => run.includes(plain))) return true;
  return (
    WELL_KNOWN.includes(withoutTail(plain)) || known.some((word) => withoutTail(plain) === plainly(word))
  );
}

/** Case, spaces and signs do not make a well-known password less known. */
function plainly(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** "…2026" or "…123" behind a well-known password neither. */
function withoutTail(plain: string): string {
  return plain.replace(/\p{N}{1,6}$/u, '') || plain;
}

const RUNS = [
  'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz',
  '01234567890123456789012345678901234567890123456789',
  '98765432109876543210987654321098765432109876543210',
  'qwertyuiopasdfghjklzxcvbnmqwertyuiopasdfghjklzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  'q1w2e3r4t5y6u7i8o9p0',
  'a1b2c3d4e5f6g7h8i9j0',
];

/** The long passwords that lists of leaked ones repeat, and what this product itself suggests; as `plainly` writes them. */
const WELL_KNOWN = [
  'passwordpassword',
  'passwordpasswordpassword',
  'mypasswordismypassword',
  'thisismypassword',
  'thisisapassword',
  'thisisasecurepassword',
  'thisisaverylongpassword',
  'averylongpassword',
  'alongpassword',
  'securepassword',
  'strongpassword',
  'defaultpassword',
  'password123password',
  'password1password1',
  'adminadminadmin',
  'administratoradministrator',
  'administrator',
  'letmeinletmein',
  'letmeinletmeinletmein',
  'welcomewelcome',
  'iloveyouiloveyou',
  'iloveyouforever',
  'iloveyousomuch',
  'iloveyouverymuch',
  'qwertyqwertyqwerty',
  'qwerty123456qwerty',
  'asdfghjklasdfghjkl',
  'abc123abc123abc123',
  '1q2w3e4r5t6y7u8i',
  '1234567812345678',
  '123456781234567',
  '123123123123123',
  '123456123456123456',
  'changemechangeme',
  'changemeplease',
  'correcthorsebatterystaple',
  'correcthorsebattery',
  'tobeornottobethatisthequestion',
  'tobeornottobe',
  'maytheforcebewithyou',
  'thequickbrownfox',
  'thequickbrownfoxjumpsoverthelazydog',
  'liverpoolfootballclub',
  'manchesterunited',
  'supercalifragilisticexpialidocious',
  'fourwordsfourwords',
  'atleast15characters',
  'fifteencharacters',
  'fullnamefullname',
  'woaini1314woaini',
  'woainiwoainiwoaini',
];
