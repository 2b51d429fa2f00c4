/** A mail as it goes over the wire: plain text, one recipient, nothing of its head from the body of anything. */
import { pickWidgetLocale } from '@fullname/shared/locale';
import { readSiteSettings } from '@fullname/shared/site-settings';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { MailConfig } from '../config.ts';
import { isEmail } from '../people/email.ts';
import { oneLine } from '../people/names.ts';
import { wordsOf } from '../site/own-words.ts';
import type { MailToSend } from '../store/mails.ts';
import { MAIL_WORDS, put } from './words.ts';

/** The bytes. Throws when an address could not be one: it was checked when it was written, and is again where it matters. */
export async function compose(config: MailConfig, mail: MailToSend): Promise<Buffer> {
  const { from, replyTo } = config;
  for (const address of [mail.to, from.address, replyTo]) {
    if (!isEmail(address)) throw new Error('a mail has an address that cannot be one');
  }
  const composer = new MailComposer({
    from: { name: senderOf(config, mail), address: from.address },
    to: { name: '', address: mail.to },
    replyTo: { name: '', address: replyTo },
    subject: oneLine(mail.subject),
    text: mail.body,
    date: new Date(mail.createdAt),
    messageId: messageIdOf(config, mail.id),
    // Nobody's absence note is to answer it (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated', ...stopHeaders(mail.stop) },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}

/** RFC 2369 and 8058: a mail program's own button. */
function stopHeaders(stop: string | null): Record<string, string> {
  if (stop === null) return {};
  return { 'List-Unsubscribe': `<${stop}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
}

/** The same for every try of a mail, so that a server or a reader that sees it twice can tell. */
function messageIdOf(config: Pick<MailConfig, 'from'>, id: string): string {
  return `<${id}@${config.from.address.split('@').at(-1)}>`;
}

/** "Megan Kajitani at Larkspur & Reed"; in Chinese and Japanese the company comes first, without a word between. */
function senderOf({ from }: MailConfig, { fullName, locale, settings }: MailToSend): string {
  const company = oneLine(from.name);
  const person = oneLine(fullName ?? '');
  if (person === '' || company === '') return person || company;
  const speaks = pickWidgetLocale([locale]);
  return oneLine(put(wordsOf(MAIL_WORDS, speaks, readSiteSettings(settings)).letterFrom, person, company));
}
