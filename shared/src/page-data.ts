/**
 * What a page's script says of its visitor (`Fullname('update')`) and of what they do there (`Fullname('track')`). Labels: as true as the
 * page, or as whoever opened its console. They open nothing.
 */
import { LABEL_MAX_LENGTH, LABEL_NAME_MAX_LENGTH, LABELS_MOST } from './limits.ts';

export type Plain = string | number | boolean;
/** Null takes a label away. */
export type Attributes = Readonly<Record<string, Plain | null>>;
export type Labels = Readonly<Record<string, Plain>>;

export type PageEvent = {
  readonly id: string;
  readonly name: string;
  readonly meta: Labels;
  readonly at: string;
};

/** What an agent sees of it: the labels as they are now, and what happened last, the newest last. */
export type PageData = { readonly labels: Labels; readonly events: readonly PageEvent[] };

/** An event on its way: `ago`, in milliseconds, since a visitor's clock may be anything. */
export type ToldEvent = Omit<PageEvent, 'at'> & { readonly ago: number };

/** Plain values under short names, at most so many; null for anything else. */
export function attributesOf(value: unknown, most: number): Attributes | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const pairs = Object.entries(value);
  const fits = pairs.every(
    ([name, one]) => name.trim() && name.length <= LABEL_NAME_MAX_LENGTH && isPlain(one),
  );
  return fits && pairs.length <= most ? Object.fromEntries(pairs) : null;
}

/** The labels after this: what is said now counts, null takes away, and of what was said before stays what there is room for. */
export function relabelled(before: Labels, now: Attributes): Labels {
  const said = Object.entries(now);
  const rest = Object.entries(before).filter(([name]) => !Object.hasOwn(now, name));
  const labels = [...said, ...rest].filter((pair): pair is [string, Plain] => pair[1] !== null);
  return Object.fromEntries(labels.slice(0, LABELS_MOST));
}

function isPlain(value: unknown): boolean {
  return (
    value === null ||
    typeof value === 'boolean' ||
    Number.isFinite(value) ||
    (typeof value === 'string' && value.length <= LABEL_MAX_LENGTH)
  );
}
