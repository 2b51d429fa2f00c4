/** A site's setup as its form holds it: what is wrong in it, and what becomes of it when somebody else has saved in between. */
import type { SiteSetup, SiteSetupDraft, UsualWords } from '@fullname/shared/api';
import { misfitOf } from '@fullname/shared/fit-words';
import { WORDS_OF_DEVICE, WORDS_OF_LINK, WORDS_ON_PAGE } from '@fullname/shared/page-settings';
import { WORDS_OF_COPIES, WORDS_OF_LETTERS, WORDS_OF_STOP_PAGE } from '@fullname/shared/relay-words';
import { problemsInSettings, type SiteSettings } from '@fullname/shared/site-settings';

export type SetupForm = {
  readonly name: string;
  readonly hosts: readonly string[];
  readonly settings: SiteSettings;
};
/** What is compared as one when two have changed it. */
export type Piece = 'name' | 'hosts' | keyof SiteSettings;

export function formOf({ site, settings }: SiteSetup): SetupForm {
  return { name: site.name, hosts: site.hosts, settings };
}

export function draftOf(form: SetupForm, version: string): SiteSetupDraft {
  return { name: form.name.trim(), hosts: form.hosts.filter(isSaid), settings: form.settings, version };
}

/** Paths of what cannot be saved: `name`, `hosts.1`, `appearance.accent`, `strings.de.send`. */
export function problemsIn(form: SetupForm, usual: UsualWords | null): string[] {
  const hosts = form.hosts.flatMap((host, at) => (isSaid(host) && !mayBeHost(host) ? [`hosts.${at}`] : []));
  return [
    ...(form.name.trim() === '' ? ['name'] : []),
    ...hosts,
    ...daysTwice(form.settings.hours),
    ...problemsInSettings(form.settings),
    ...(usual ? wordsThatDoNotFit(form.settings.strings, usual) : []),
  ];
}

/** Theirs where only they have changed something, mine where I have; and what both have. */
export function mergeForms(
  began: SetupForm,
  mine: SetupForm,
  theirs: SetupForm,
): { form: SetupForm; both: Piece[] } {
  const both: Piece[] = [];
  let form = mine;
  for (const piece of piecesOf(theirs)) {
    const [before, own, other] = [began, mine, theirs].map((one) => JSON.stringify(pieceOf(one, piece)));
    if (other === before || other === own) continue;
    if (own === before) form = withPiece(form, piece, theirs);
    else both.push(piece);
  }
  return { form, both };
}

export function withPiece(form: SetupForm, piece: Piece, from: SetupForm): SetupForm {
  if (piece === 'name' || piece === 'hosts') return { ...form, [piece]: from[piece] };
  return { ...form, settings: { ...form.settings, [piece]: from.settings[piece] } };
}

export function isSameForm(one: SetupForm, other: SetupForm): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Of a day that is there twice only the first would count. */
function daysTwice({ holidays }: SiteSettings['hours']): string[] {
  const days = holidays.map(({ date }) => date);
  return days.flatMap((day, at) =>
    day !== '' && days.indexOf(day) < at ? [`hours.holidays.${at}.date`] : [],
  );
}

/** Where a text is said, by its name. */
export type Said = 'chat' | 'page' | 'links' | 'letters';

export function saidWhere(key: string): Said {
  if (ON_PAGE.has(key)) return 'page';
  if (ON_LINKS.has(key)) return 'links';
  return IN_LETTERS.has(key) ? 'letters' : 'chat';
}

const ON_PAGE = new Set<string>(WORDS_ON_PAGE);
const ON_LINKS = new Set<string>([...WORDS_OF_LINK, ...WORDS_OF_DEVICE, ...WORDS_OF_STOP_PAGE]);
const IN_LETTERS = new Set<string>([...WORDS_OF_LETTERS, ...WORDS_OF_COPIES]);

/** A text that has lost a name or a time would be left out by the chat: it is refused here, where somebody can mend it. */
function wordsThatDoNotFit(strings: SiteSettings['strings'], usual: UsualWords): string[] {
  return Object.entries(strings).flatMap(([locale, own]) =>
    Object.entries(own ?? {}).flatMap(([key, text]) => {
      const words = usual[locale as keyof UsualWords]?.[key];
      return words !== undefined && misfitOf(text, words) !== null ? [`strings.${locale}.${key}`] : [];
    }),
  );
}

function piecesOf(form: SetupForm): Piece[] {
  return ['name', 'hosts', ...(Object.keys(form.settings) as (keyof SiteSettings)[])];
}

function pieceOf(form: SetupForm, piece: Piece): unknown {
  return piece === 'name' || piece === 'hosts' ? form[piece] : form.settings[piece];
}

function isSaid(line: string): boolean {
  return line.trim() !== '';
}

/** What can be seen here; the relay knows the names below which strangers have pages, and has the last word. */
function mayBeHost(line: string): boolean {
  const text = line.trim();
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text.replace('*.', ''))) return false;
  const { hostname, username } = new URL(text.replace('*.', ''));
  const isWild = text.includes('*');
  if (username !== '' || (isWild && !/^https:\/\/\*\.[^*/]+\.[^*]+$/i.test(text))) return false;
  return /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/i.test(hostname) || /^\[[0-9a-f:]+\]$/.test(hostname);
}
