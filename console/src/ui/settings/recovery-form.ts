/** The recovery's settings as a form holds them: texts, shares in percent; and back again, with what is wrong. */
import type { Hearsay, RecoverySettings } from '@fullname/shared/recovery';

export type HearsayForm = {
  readonly on: boolean;
  readonly people: string;
  readonly share: string;
  readonly worth: string;
};
const NUMBERS = [
  'budget',
  'immediateHours',
  'wrapUpHours',
  'flagDays',
  'giveInPercent',
  'horizonYears',
  'discount',
] as const;
export type NumberName = (typeof NUMBERS)[number];
export type RecoveryForm = Readonly<Record<NumberName, string>> & {
  readonly currency: string;
  readonly effort: string | null;
  readonly reach: HearsayForm;
  readonly warned: HearsayForm;
};

type Limits = { readonly from: number; readonly to: number; readonly whole?: boolean };
export const LIMITS: Record<NumberName, Limits> = {
  budget: { from: 0, to: 1_000_000 },
  immediateHours: { from: 1, to: 720 },
  wrapUpHours: { from: 1, to: 720 },
  flagDays: { from: 1, to: 3_650, whole: true },
  giveInPercent: { from: 0, to: 100 },
  horizonYears: { from: 1, to: 30, whole: true },
  discount: { from: 0, to: 50 },
};
export const HEARSAY_LIMITS: Record<'people' | 'share' | 'worth', Limits> = {
  people: { from: 0, to: 1_000_000 },
  share: { from: 0, to: 100 },
  worth: { from: 0, to: 1_000_000 },
};

export function formOf(settings: RecoverySettings): RecoveryForm {
  const { budget, immediateHours, wrapUpHours, flagDays, giveInPercent, horizonYears } = settings;
  const numbers = { budget, immediateHours, wrapUpHours, flagDays, giveInPercent, horizonYears };
  return {
    ...(Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)])) as Record<
      NumberName,
      string
    >),
    discount: percentOf(settings.discount),
    currency: settings.currency,
    effort: settings.effort,
    reach: hearsayForm(settings.reach),
    warned: hearsayForm(settings.warned),
  };
}

function hearsayForm(of: Hearsay | null): HearsayForm {
  if (!of) return { on: false, people: '', share: '', worth: '' };
  return { on: true, people: String(of.people), share: percentOf(of.share), worth: String(of.worth) };
}

/** The settings that a form says; null while something in it is no number of its kind. */
export function settingsFrom(form: RecoveryForm): RecoverySettings | null {
  const read = (name: NumberName) => numberIn(form[name], LIMITS[name]);
  const numbers = Object.fromEntries(NUMBERS.map((name) => [name, read(name)]));
  const isWhole = (values: Record<string, number | null>): values is Record<NumberName, number> =>
    Object.values(values).every((value) => value !== null);
  const [reach, warned] = [hearsayFrom(form.reach), hearsayFrom(form.warned)];
  const currency = currencyIn(form.currency);
  if (!isWhole(numbers) || reach === undefined || warned === undefined || currency === null) return null;
  const discount = numbers.discount / 100;
  return { ...numbers, discount, currency, effort: form.effort, reach, warned };
}

export function currencyIn(text: string): string | null {
  const code = text.trim().toUpperCase();
  return /^[A-Z]{3}$/.test(code) ? code : null;
}

/** A comma is read as the point of decimals. Null where it is no number, or none within the limits. */
export function numberIn(text: string, { from, to, whole = false }: Limits): number | null {
  const trimmed = text.trim().replace(',', '.');
  const number = Number(trimmed);
  if (trimmed === '' || !Number.isFinite(number) || number < from || number > to) return null;
  return whole && !Number.isInteger(number) ? null : number;
}

/** Null where it is off; undefined where it is on and not filled yet. */
function hearsayFrom(form: HearsayForm): Hearsay | null | undefined {
  if (!form.on) return null;
  const people = numberIn(form.people, HEARSAY_LIMITS.people);
  const share = numberIn(form.share, HEARSAY_LIMITS.share);
  const worth = numberIn(form.worth, HEARSAY_LIMITS.worth);
  return people === null || share === null || worth === null
    ? undefined
    : { people, share: share / 100, worth };
}

/** .1 is 10, and .07 is 7, not 7.000000000000001. */
function percentOf(share: number): string {
  return String(Number((share * 100).toFixed(6)));
}
