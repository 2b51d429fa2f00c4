/** Extras, offered as buttons and chosen by the customer; and what a customer sees of what is remembered of them. */
import type { Remembered } from '@fullname/shared/events';
import type { Entry, Preference, PublicEntry } from '@fullname/shared/model';
import type { ExtrasOffer } from '@fullname/shared/recovery';
import { RelayError } from '../relay-error.ts';
import type { Floor } from './conversations.ts';
import type { Caller, Me } from './desk.ts';

export async function offerExtras(_floor: Floor, _me: Me, _offer: ExtrasOffer): Promise<Entry> {
  throw new RelayError('UNAVAILABLE');
}

export async function chooseExtra(
  _floor: Floor,
  _caller: Caller & { readonly conversation: string },
  _request: { readonly id: string; readonly offer: string; readonly choice: number | string },
): Promise<PublicEntry> {
  throw new RelayError('UNAVAILABLE');
}

/** `proven`: the site has signed for this browser's customer. */
export async function rememberedOf(
  _floor: Floor,
  _visitor: { readonly visitor: string; readonly proven: boolean },
): Promise<readonly Remembered[]> {
  return [];
}

export async function removeOwnPreference(
  _floor: Floor,
  _visitor: { readonly visitor: string; readonly proven: boolean },
  _preference: string,
): Promise<void> {
  throw new RelayError('UNKNOWN');
}

export async function removePreference(
  _floor: Floor,
  _me: Me,
  _request: { readonly conversation: string; readonly preference: string },
): Promise<void> {
  throw new RelayError('UNAVAILABLE');
}

export async function changeIdea(
  _floor: Floor,
  _me: Me,
  _request: {
    readonly conversation: string;
    readonly preference: string;
    readonly idea: string | null;
    readonly done?: boolean;
  },
): Promise<Preference> {
  throw new RelayError('UNAVAILABLE');
}
