/** The company's settings of the recovery. */
import type { RecoverySettings } from '@fullname/shared/recovery';
import type { Db } from '../store/db.ts';
import { readSetting } from '../store/settings.ts';

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
