/**
 * What the tag costs a visitor's page on a phone, beside a page without it and a page with bare Preact and socket.io-client, in
 * turns: bytes and requests, script, long tasks, heap, and the time from the click until one can write.
 */
import type { Site } from '@fullname/shared/api';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../../support/browser.ts';
import { call } from '../../support/console-api.ts';
import { atMost, type Measured, median, percentile, type Stage } from '../../support/figures.ts';
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
type Turn = {
  /** With nothing slowed down: the thread's processor time, which other programs hardly touch. */
  readonly plain: Opened;
  /**
   * Slowed down by the browser, which stops the page's thread thousands of times a second: what runs for the first time then takes
   * half as long again as its processor time, and more beside other programs.
   */
  readonly slowed: Opened;
};
type Round = {
  /** Opened with the pointer on the button, until the frame was there. */
  readonly warmed: Opened | null;
  readonly slow4g: Opened;
  readonly slow3g: Opened;
};

export const widget: Bench = {
  what: 'bytes, script, heap and click to composer on a phone, beside an empty page and bare Preact + socket.io-client',
  flags: ['rounds', 'turns', 'beside'],
  async measure(stage) {
    const turns = stage.number('turns', 11);
    const rounds = stage.number('rounds', 5);
    const { pages, cases } = await startCases(stage);
    const browser = await launchBrowser();
    stage.atEnd(() => browser.close());
    const weights = await weigh(browser, { origin: pages.relay, shop: cases.widget.subject.url });
    for (const { path, bytes } of weights.idle) stage.progress(`${String(bytes).padStart(8)} B  ${path}`);
    const list = Object.values(cases).filter((one) => one !== null);
    const costs = await inTurns(stage, list, { what: 'turn', times: turns }, (one) => takeTurn(browser, one));
    const times = await inTurns(stage, list, { what: 'round', times: rounds }, (one) =>
      takeRound(browser, one),
    );
    const of = (one: Case): readonly Turn[] => costs.get(one) ?? [];
    const bounded = (one: Case, bound: boolean): Measured[] => [
      ...costFigures(one.name, of(one), of(cases.empty), bound),
      ...timeFigures(one.name, times.get(one) ?? [], bound),
    ];
    return [
      ...weightFigures(weights, pages.floorBytes),
      ...bounded(cases.widget, true),
      ...(cases.beside ? bounded(cases.beside, false) : []),
      ...bounded(cases.floor, false),
    ];
  },
};

/** Each case once in every turn, now in this order and now in that; the first turn warms up. */
async function inTurns<Taken>(
  stage: Stage,
  cases: readonly Case[],
  { what, times }: { what: string; times: number },
  take: (one: Case) => Promise<Taken>,
): Promise<Map<Case, Taken[]>> {
  const all = new Map<Case, Taken[]>(cases.map((one) => [one, []]));
  for (let turn = 0; turn <= times; turn += 1) {
    for (const one of turn % 2 === 0 ? cases : cases.toReversed()) {
      const taken = await take(one);
      if (turn > 0) all.get(one)?.push(taken);
    }
    stage.progress(`${what} ${turn} of ${times}`);
  }
  return all;
}

type Cases = Record<'empty' | 'floor' | 'widget', Case> & {
  /** The widget of another build, where one was named. */
  readonly beside: Case | null;
};

async function startCases(stage: Stage): Promise<{ pages: Pages; cases: Cases }> {
  stage.progress('building the floor, starting the relay');
  const script = await buildFloor();
  const { url } = await startBareRelay(stage);
  const pages = await startShop(stage, { socket: url, script });
  const home = stage.flag('beside');
  const beside = home === undefined ? null : await startShop(stage, { socket: url, script }, home);
  const at = (path: string, kind: Subject['kind'], of = pages): Subject => ({
    url: `${of.origin}${path}`,
    kind,
  });
  return {
    pages,
    cases: {
      empty: { name: 'an empty page', subject: at('/empty', 'empty') },
      floor: { name: 'bare Preact + socket.io-client', subject: at('/floor', 'page') },
      widget: { name: 'the widget', subject: at('/widget', 'frame') },
      beside: beside && { name: `the widget of ${home}`, subject: at('/widget', 'frame', beside) },
    },
  };
}

/** A shop's pages, with the tag of a relay of their own. */
async function startShop(
  stage: Stage,
  floor: { socket: string; script: string },
  home?: string,
): Promise<Pages> {
  const relay = await startRelay(stage, home === undefined ? {} : { home });
  const { owner } = await furnish(relay, 2);
  const pages = await servePages(stage, { relay: relay.origin, ...floor });
  const site = await call<Site>({ origin: relay.origin, cookie: owner }, 'POST /api/sites', {
    name: 'Bloom & Stem',
    hosts: [pages.origin],
  });
  pages.tag(site.key);
  return pages;
}

async function takeTurn(browser: Browser, { subject }: Case): Promise<Turn> {
  return {
    plain: await open(browser, subject, { throttle: 1 }),
    slowed: await open(browser, subject, { throttle: THROTTLE }),
  };
}

async function takeRound(browser: Browser, { subject }: Case): Promise<Round | null> {
  if (subject.kind === 'empty') return null;
  const warm = subject.kind === 'frame';
  return {
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

/** Medians of the differences to the empty page of the same turn: whatever a browser itself takes is taken off. */
function costFigures(
  name: string,
  turns: readonly Turn[],
  empty: readonly Turn[],
  bounded: boolean,
): Measured[] {
  const over = (pick: (one: Turn) => number): number[] =>
    turns.map((one, turn) => pick(one) - pick(empty[turn] ?? one));
  const atLoad = over(({ slowed }) => slowed.load.script);
  const bounds = boundsWhere(bounded);
  return [
    atMost('script at load', [median(atLoad), 'ms'], bounds(15)),
    atMost('script at load, p90 of the turns', [percentile(atLoad, 0.9), 'ms']),
    atMost('script at load, processor time × 4', [
      median(over(({ plain }) => THROTTLE * plain.load.script)),
      'ms',
    ]),
    atMost('long tasks at load', [median(over(({ slowed }) => slowed.load.longTasks)), ''], bounds(0)),
    atMost('heap at load', [median(over(({ plain }) => plain.load.heap)), 'MB']),
    atMost(
      'script, load + open',
      [median(over(({ slowed }) => slowed.opened.script)), 'ms'],
      bounds(100, 80),
    ),
    atMost('script, load + open, processor time × 4', [
      median(over(({ plain }) => THROTTLE * plain.opened.script)),
      'ms',
    ]),
    atMost('long tasks, load + open', [median(over(({ slowed }) => slowed.opened.longTasks)), '']),
    atMost('heap, connected', [median(over(({ plain }) => plain.opened.heap)), 'MB']),
    atMost('click to composer, cold', [median(turns.map(({ slowed }) => slowed.clickToComposer)), 'ms']),
  ].map((one) => ({ ...one, name: `${name}, ${one.name}` }));
}

function timeFigures(name: string, taken: readonly (Round | null)[], bounded: boolean): Measured[] {
  const rounds = taken.filter((one) => one !== null);
  const of = (pick: (one: Round) => number | undefined): number =>
    median(rounds.map((one) => pick(one) ?? Number.NaN));
  const figures: Measured[] = [
    atMost('slow 4G: page asked for to launcher', [of(({ slow4g }) => slow4g.launcher), 'ms']),
    atMost('slow 4G: click to composer', [of(({ slow4g }) => slow4g.clickToComposer), 'ms']),
    atMost('slow 3G: page asked for to launcher', [of(({ slow3g }) => slow3g.launcher), 'ms']),
    atMost('slow 3G: click to composer', [of(({ slow3g }) => slow3g.clickToComposer), 'ms']),
  ];
  const warmed = of((one) => one.warmed?.clickToComposer);
  if (bounded) figures.push(atMost('click to composer, warmed', [warmed, 'ms'], boundsWhere(true)(100, 60)));
  return figures.map((one) => ({ ...one, name: `${name}, ${one.name}` }));
}

function boundsWhere(bounded: boolean) {
  return (must: number, goal?: number) => (bounded ? { must, ...(goal === undefined ? {} : { goal }) } : {});
}
