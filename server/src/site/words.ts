/** All that is said to visitors, by the chat and by the relay, each text under the name by which an owner writes it anew. */
import { readFile } from 'node:fs/promises';
import type { UsualWords } from '@fullname/shared/api';
import { misfitOf } from '@fullname/shared/fit-words';
import { WIDGET_LOCALES } from '@fullname/shared/locale';
import { readSiteSettings } from '@fullname/shared/site-settings';
import { CALL_BACK_WORDS } from '../desk/call-back-words.ts';
import { TRANSCRIPT_WORDS } from '../mail/transcript-words.ts';
import { MAIL_WORDS } from '../mail/words.ts';
import { SLIP_WORDS } from '../recovery/slipping-words.ts';
import { RelayError } from '../relay-error.ts';

const TABLES = [MAIL_WORDS, TRANSCRIPT_WORDS, SLIP_WORDS, CALL_BACK_WORDS];

/** In each language; the chat's as its build left them. Throws UNAVAILABLE where it is not built. */
export async function usualWords(folder: string): Promise<UsualWords> {
  const text = await readFile(`${folder}/words.json`, 'utf8').catch(() => null);
  if (text === null) throw new RelayError('UNAVAILABLE');
  const said = JSON.parse(text) as UsualWords;
  // What both say is drawn with care in the chat: it keeps a name apart from the script around it.
  const all = WIDGET_LOCALES.map((locale) => [
    locale,
    Object.assign({}, ...TABLES.map((table) => table[locale]), said[locale]) as UsualWords[typeof locale],
  ]);
  return Object.fromEntries(all) as UsualWords;
}

/** Throws BAD_SETTINGS where an owner's text has lost a name or a time, or has one more. Names that are no more are let be. */
export async function mustFit(settings: unknown, folder: string): Promise<void> {
  const { strings } = readSiteSettings(settings);
  if (Object.keys(strings).length === 0) return;
  const usual = await usualWords(folder);
  for (const locale of WIDGET_LOCALES) {
    for (const [key, own] of Object.entries(strings[locale] ?? {})) {
      const ours = usual[locale][key];
      if (ours !== undefined && misfitOf(own, ours) !== null) throw new RelayError('BAD_SETTINGS');
    }
  }
}
