import { WIDGET_LOCALES, type WidgetLocale } from '@fullname/shared/locale';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Ground, openGround } from '../support/chat-ground.ts';
import { STATES, walkStates } from '../support/chat-states.ts';
import { axeFaultsOf, measuredFaultsOf } from '../support/ease.ts';
import { eventually } from '../support/eventually.ts';
import { FROM, type MailServer, openMailServer } from '../support/mail-server.ts';
import { useDemo } from './demo.ts';

/** The longest words, and the other direction: also measured, and in forced colours. `npm run walk` does so in all eight. */
const MEASURED: readonly WidgetLocale[] = ['de', 'ar'];
/** A walk waits as long as it works, and sets what holds for its whole desk: each has one of its own. */
const DESKS = 3;
const PATIENT_MS = 600_000;

let mail: MailServer;
const env: Record<string, string> = {};
beforeAll(async () => {
  mail = await openMailServer();
  Object.assign(env, { SMTP_URL: mail.url, MAIL_FROM: FROM, PUSH_HOSTS: 'localhost' });
});
afterAll(() => mail.close());
const stages = Array.from({ length: DESKS }, () => useDemo({ env }));
const free: Ground[] = [];

beforeAll(async () => {
  const open = ({ browser, desk, runDue }: (typeof stages)[number]) =>
    openGround({ browser, desk, post: { taken: mail.taken, runDue } });
  free.push(...(await Promise.all(stages.map(open))));
});

// Those that take longest first.
test.concurrent.each([...MEASURED, ...WIDGET_LOCALES.filter((one) => !MEASURED.includes(one))])(
  '%s: in every state axe finds nothing, light or dark; in German and Arabic all can be hit, and fits at 320 pixels, with wider spacing and in letters twice as large',
  async (locale) => {
    const ground = await eventually('a desk is free', () => free.pop(), PATIENT_MS);
    const measured = MEASURED.includes(locale);
    const seen: string[] = [];
    const found: string[] = [];
    try {
      await walkStates(ground, locale, async (state, page, within) => {
        seen.push(state);
        const faults = await axeFaultsOf(page, { locale, within, forced: measured });
        if (measured) faults.push(...(await measuredFaultsOf(page, within)));
        found.push(...faults.map((one) => `${state}, ${one}`));
      });
    } finally {
      free.push(ground);
    }
    expect(found).toEqual([]);
    expect(new Set(seen).size).toBe(STATES);
  },
  PATIENT_MS,
);
