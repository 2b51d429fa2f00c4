import type { Member, SiteSetup } from '@fullname/shared/api';
import { readSiteSettings } from '@fullname/shared/site-settings';
import { act, renderHook } from '@testing-library/preact';
import { afterEach, expect, test } from 'vitest';
import { session } from '../../session.ts';
import { useSetupOf } from './setup.ts';

const before = session.peek();
afterEach(() => {
  session.value = before;
});

const signIn = (id: string): void => {
  session.value = { state: 'signed-in', info: { person: { id } as Member, demo: false } };
};
const LOADED = {
  site: { id: 'site', name: 'Shop', hosts: [] },
  settings: readSiteSettings({}),
  version: 1,
} as unknown as SiteSetup;
const openPage = () => renderHook(() => useSetupOf(LOADED, null));

test('what is not saved is there for the same person who comes back, and for nobody else', () => {
  signIn('ingrid');
  const first = openPage();
  void act(() => first.result.current.change({ name: 'Bloom & Stem' }));
  first.unmount();
  session.value = { state: 'signed-out', ended: true, problem: null };
  signIn('ingrid');
  const again = openPage();
  expect(again.result.current.form.name).toBe('Bloom & Stem');
  again.unmount();
  session.value = { state: 'signed-out', ended: false, problem: null };
  signIn('megan');
  expect(openPage().result.current.form.name).toBe('Shop');
});
