import { accessSync, constants, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Frame, type Page } from 'playwright-core';
import { eventually } from './eventually.ts';

/** Where a Chromium is: FULLNAME_CHROMIUM, else the usual names in PATH, else Playwright's own. Undefined where there is none. */
function findChromium(): string | undefined {
  const told = process.env.FULLNAME_CHROMIUM;
  if (told) return told;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const usual = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  return [...usual, mac, chromium.executablePath()].find(isProgram);
}

/** A browser with the settings of a plain user's, so far as they bear on storage and the network; `more` are further arguments. */
export function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: mustFind(), args: [...ARGS, ...more] });
}

/**
 * The chat's frame in the process of its host page. In a process of its own, as it is in people's browsers, Chromium's remote control
 * now and then types and clicks into nothing for as long as one tries, in a browser that several files have used. What has a browser
 * of its own (launchBrowser, openDefaultProfile) has the frame's process too.
 */
const FRAMES_WITHIN = ['--disable-site-isolation-trials'];

/**
 * One browser for all files that this process runs: to start one for each took longer than many of them. Each test has profiles of
 * its own in it all the same. It ends with the process.
 */
export async function sharedBrowser(): Promise<Browser> {
  if (shared && !(await shared).isConnected()) shared = undefined;
  shared ??= launchBrowser(FRAMES_WITHIN);
  return shared;
}
let shared: Promise<Browser> | undefined;

/** What was opened in the shared browser is closed; a relay can then stop without waiting for its sockets. */
export async function closeProfiles(): Promise<void> {
  const open = (await shared)?.contexts() ?? [];
  await Promise.all(open.map((context) => context.close()));
}

/**
 * A browser's *default* profile, new and empty: what storage a cross-site frame gets depends on the profile. `more` are further
 * arguments, `preferences` what its owner has set otherwise.
 */
export async function openDefaultProfile(
  more: readonly string[] = [],
  preferences?: object,
): Promise<{ context: BrowserContext; close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'fullname-profile-'));
  if (preferences) {
    mkdirSync(join(folder, 'Default'));
    writeFileSync(join(folder, 'Default/Preferences'), JSON.stringify(preferences));
  }
  const args = [...ARGS, ...more];
  const context = await chromium.launchPersistentContext(folder, { executablePath: mustFind(), args });
  const close = async () => {
    await context.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  };
  return { context, close };
}

/** The chat's frame in a host page, as soon as it is there. */
export async function chatFrame(page: Page): Promise<Frame> {
  const element = await page.waitForSelector('iframe', { state: 'attached' });
  // Of XHTML, where names are small, the browser's control finds no frame by its element.
  const inXhtml = () => page.frames().find((one) => one.parentFrame() === page.mainFrame());
  const frame = (await element.contentFrame()) ?? (await eventually('the frame is there', inXhtml));
  return frame;
}

/** Nothing that speaks to the network by itself; root needs a browser without its sandbox. */
const ARGS = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function mustFind(): string {
  const found = findChromium();
  if (found === undefined) {
    throw new Error('No Chromium was found: install one, or name it in FULLNAME_CHROMIUM.');
  }
  return found;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
