import type { Colleague } from '@fullname/shared/events';
import { timeOf } from './format.ts';
import { words } from './strings/index.ts';

/** Whether somebody is here, in words: “here now”, “back at 14:00”, “away”. */
export function presenceOf({ here, backAt }: Pick<Colleague, 'here' | 'backAt'>): string {
  const t = words().presence;
  if (here) return t.here;
  return backAt ? t.backAt(timeOf(backAt)) : t.away;
}
