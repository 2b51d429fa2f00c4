/** The company's settings of the recovery. */
import type { RecoverySettings } from '@fullname/shared/recovery';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { isColleague } from '../store/goodwill.ts';
import { mergeSetting, readSetting } from '../store/settings.ts';
import { isCurrency, roundMoney } from './money.ts';

/** What holds until an owner says otherwise. */
export const USUAL: RecoverySettings = {
  currency: 'USD',
  budget: 200,
  immediateHours: 24,
  wrapUpHours: 72,
  flagDays: 180,
  giveInPercent: 5,
  effort: null,
  horizonYears: 10,
  discount: 0,
  reach: null,
  warned: null,
};

/** Settings that a newer relay has and an older one wrote nothing of have their usual values. */
export async function recoverySettings(db: Db): Promise<RecoverySettings> {
  const written = await readSetting(db, 'recovery');
  return { ...USUAL, ...(written as Partial<RecoverySettings> | undefined) };
}

/**
 * Changes what was said and leaves the rest. INVALID_PAYLOAD for a currency that is none, or a budget with more decimals than
 * the currency has; UNKNOWN where the person for efforts is nobody who speaks with customers.
 */
export async function changeSettings(db: Db, change: Partial<RecoverySettings>): Promise<RecoverySettings> {
  if (change.currency !== undefined && !isCurrency(change.currency)) throw new RelayError('INVALID_PAYLOAD');
  const { effort } = change;
  if (effort !== undefined && effort !== null && !(await isColleague(db, effort)))
    throw new RelayError('UNKNOWN');
  return db.transaction(async (tx) => {
    if (Object.keys(change).length > 0) await mergeSetting(tx, 'recovery', change);
    const settings = await recoverySettings(tx);
    if (roundMoney(settings.budget, settings.currency) !== settings.budget)
      throw new RelayError('INVALID_PAYLOAD');
    return settings;
  });
}
