/**
 * What the tag costs a visitor's page on a phone, beside a page without it and a page with bare Preact and socket.io-client, in
 * turns: bytes and requests, script, long tasks, heap, and the time from the click until one can write.
 */
import type { Site } from '@fullname/shared/api';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../support/browser.ts';
import { call } from '../../support/console-api.ts';
import { atMost, type Measured, median, type Stage } from '../../support/figures.ts';
import { furnish } from '../../support/spawn-relay.ts';
import { bytesOf, type Weights, weigh } from '../size/weigh.ts';
import { type Bench, startBareRelay, startRelay } from './bench.ts';
import { buildFloor } from './widget-floor.ts';
import { type Link, type Opened, open, type Subject } from './widget-page.ts';
import { type Pages, servePages } from './widget-server.ts';

/** Of the phone whose processor is a quarter of this machine's; named as browsers' developer tools name them. */
const THROTTLE = 4;
const SLOW_4G: Link = { latency: 562, down: 1_440_000 / 8, up: 675_000 / 8 };
const SLOW_3G: Link = { latency: 2_000, down: 400_000 / 8, up: 400_000 / 8 };

type Case = { readonly name: string; readonly subject: Subject };
type Round = {
  readonly phone: Opened;
  /** Opened with the pointer on the button, until the frame was there. */
  readonly warmed: Opened | null;
  readonly slow4g: Opened | null;
  readonly slow3g: Opened | null;
};

export const widget: Bench = {
  what: 'bytes, script, heap and click to composer on a phone, beside an empty page and bare Preact + socket.io-client',
  flags: ['rounds'],
  async measure(stage) {
    const rounds = stage.number('rounds', 5);
    const { pages, cases } = await startCases(stage);
    const browser = await launchBrowser();
    stage.atEnd(() => browser.close());
    const weights = await weigh(browser, { origin: pages.relay, shop: cases.widget.subject.url });
    for (const { path, bytes } of weights.idle) stage.progress(`${String(bytes).padStart(8)} B  ${path}`);
    const all = new Map<Case, Round[]>(Object.values(cases).map((one) => [one, []]));
    // The first round warms up.
    for (let round = -1; round < rounds; round += 1)
      for (const one of round % 2 === 0 ? Object.values(cases) : Object.values(cases).reverse()) {
        const taken = await take(browser, one);
        stage.progress(`round ${round + 1} of ${rounds}: ${one.name}`);
        if (round >= 0) all.get(one)?.push(taken);
      }
    const of = (one: Case): readonly Round[] => all.get(one) ?? [];
    return [
      ...weightFigures(weights, pages.floorBytes),
      ...pageFigures(cases.widget.name, of(cases.widget), of(cases.empty), true),
      ...pageFigures(cases.floor.name, of(cases.floor), of(cases.empty), false),
    ];
  },
};

async function startCases(
  stage: Stage,
): Promise<{ pages: Pages; cases: Record<'empty' | 'floor' | 'widget', Case> }> {
  stage.progress('building the floor, starting the relay');
  const script = await buildFloor();
  const bare = await startBareRelay(stage);
  const relay = await startRelay(stage);
  const { owner } = await furnish(relay, 2);
  const pages = await servePages(stage, { relay: relay.origin, socket: bare.url, script });
  const site = await call<Site>({ origin: relay.origin, cookie: owner }, 'POST /api/sites', {
    name: 'Bloom & Stem',
    hosts: [pages.origin],
  });
  pages.tag(site.key);
  const subject = (path: string, kind: Subject['kind']): Subject => ({ url: `${pages.origin}${path}`, kind });
  return {
    pages,
    cases: {
      empty: { name: 'an empty page', subject: subject('/empty', 'empty') },
      floor: { name: 'bare Preact + socket.io-client', subject: subject('/floor', 'page') },
      widget: { name: 'the widget', subject: subject('/widget', 'frame') },
    },
  };
}

async function take(browser: Browser, { subject }: Case): Promise<Round> {
  const phone = await open(browser, subject, { throttle: THROTTLE });
  if (subject.kind === 'empty') return { phone, warmed: null, slow4g: null, slow3g: null };
  const warm = subject.kind === 'frame';
  return {
    phone,
    warmed: warm ? await open(browser, subject, { throttle: THROTTLE, warm }) : null,
    slow4g: await open(browser, subject, { throttle: THROTTLE, link: SLOW_4G }),
    slow3g: await open(browser, subject, { throttle: THROTTLE, link: SLOW_3G }),
  };
}

function weightFigures(weights: Weights, floor: number): Measured[] {
  const { before, composer, idle, sockets } = weights;
  return [
    atMost('before opening, bytes', [bytesOf(before), 'B'], { must: 2_000, goal: 1_500 }),
    atMost('before opening, requests', [before.length, ''], { must: 1 }),
    atMost('before opening, sockets', [sockets.before, ''], { must: 0 }),
    atMost('before opening, cookies', [weights.cookies, ''], { must: 0 }),
    atMost('before opening, things stored', [weights.stored, ''], { must: 0 }),
    atMost('before opening, layout shift', [weights.layoutShift, ''], { must: 0 }),
    atMost('to the composer, bytes', [bytesOf(composer), 'B'], { must: 14_000, goal: 12_000 }),
    atMost('to the composer, requests', [composer.length, ''], { must: 3 }),
    atMost('connected and idle, bytes', [bytesOf(idle), 'B'], { must: 24_000, goal: 20_000 }),
    atMost('connected and idle, requests', [idle.length, '']),
    atMost('bare Preact + socket.io-client, bytes', [floor, 'B']),
  ];
}

/** Beside the empty page of the same round, whatever a browser itself takes is taken off. */
function pageFigures(
  name: string,
  rounds: readonly Round[],
  empty: readonly Round[],
  bounded: boolean,
): Measured[] {
  const of = (pick: (one: Round) => number): number => median(rounds.map(pick));
  const over = (pick: (one: Opened) => number): number =>
    median(rounds.map(({ phone }, round) => pick(phone) - pick(empty[round]?.phone ?? phone)));
  const bounds = (must: number, goal?: number) =>
    bounded ? { must, ...(goal === undefined ? {} : { goal }) } : {};
  const figures: Measured[] = [
    atMost('script at load', [over(({ load }) => load.script), 'ms'], bounds(15)),
    atMost('long tasks at load', [of(({ phone }) => phone.load.longTasks), ''], bounds(0)),
    atMost('heap at load', [over(({ load }) => load.heap), 'MB']),
    atMost('script, load + open', [over(({ opened }) => opened.script), 'ms'], bounds(100, 80)),
    atMost('long tasks, load + open', [of(({ phone }) => phone.opened.longTasks), '']),
    atMost('heap, connected', [over(({ opened }) => opened.heap), 'MB']),
    atMost('click to composer, cold', [of(({ phone }) => phone.clickToComposer), 'ms']),
    atMost('slow 4G: page asked for to launcher', [of(({ slow4g }) => slow4g?.launcher ?? Number.NaN), 'ms']),
    atMost('slow 4G: click to composer', [of(({ slow4g }) => slow4g?.clickToComposer ?? Number.NaN), 'ms']),
    atMost('slow 3G: page asked for to launcher', [of(({ slow3g }) => slow3g?.launcher ?? Number.NaN), 'ms']),
    atMost('slow 3G: click to composer', [of(({ slow3g }) => slow3g?.clickToComposer ?? Number.NaN), 'ms']),
  ];
  const warmed = of((one) => one.warmed?.clickToComposer ?? Number.NaN);
  if (bounded) figures.push(atMost('click to composer, warmed', [warmed, 'ms'], bounds(100, 60)));
  return figures.map((one) => ({ ...one, name: `${name}, ${one.name}` }));
}
