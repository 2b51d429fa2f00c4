/**
 * Firefox as it is installed, by WebDriver BiDi: Playwright asks its own Firefox for more than the released ones know. No more of
 * the protocol than the tests need.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { eventually } from './eventually.ts';

export type Firefox = {
  /** A new tab, loaded. */
  open(url: string): Promise<FirefoxTab>;
  close(): Promise<void>;
};

export type FirefoxTab = {
  reload(): Promise<void>;
  /** The page itself. */
  readonly page: FirefoxFrame;
  /** The frame whose address begins with this, as soon as it is there. */
  frame(address: string): Promise<FirefoxFrame>;
};

type FirefoxFrame = {
  /** Runs an expression in the document; what it gives has to be text, a number, true, false or null. */
  evaluate(expression: string): Promise<unknown>;
  /** Presses the mouse on the element that the expression gives, as soon as it gives one. */
  click(element: string): Promise<void>;
  /** Types into whatever has the focus; `\n` is Enter. */
  type(text: string): Promise<void>;
};

const READY_MS = 60_000;
const ENTER = '\uE007';

/** Firefox with a new profile and nothing else changed: its own storage rules hold. */
export async function launchFirefox(program: string): Promise<Firefox> {
  const profile = mkdtempSync(join(tmpdir(), 'fullname-firefox-'));
  writeFileSync(join(profile, 'user.js'), QUIET.map((line) => `user_pref(${line});\n`).join(''));
  const child = spawn(
    program,
    ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'],
    { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, HOME: profile } },
  );
  const close = async (): Promise<void> => {
    const ended = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.kill()) await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  };
  try {
    const send = await connect(`${await addressOf(child)}/session`);
    await send('session.new', { capabilities: {} });
    return { open: (url) => openTab(send, url), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Nothing that speaks to the network by itself. */
const QUIET = [
  '"app.normandy.enabled", false',
  '"app.update.enabled", false',
  '"browser.safebrowsing.malware.enabled", false',
  '"browser.safebrowsing.phishing.enabled", false',
  '"browser.shell.checkDefaultBrowser", false',
  '"datareporting.policy.dataSubmissionEnabled", false',
  '"extensions.getAddons.cache.enabled", false',
  '"network.captive-portal-service.enabled", false',
  '"network.connectivity-service.enabled", false',
  '"services.settings.server", ""',
  '"toolkit.telemetry.enabled", false',
];

type Send = (method: string, params: object) => Promise<Record<string, unknown>>;

async function addressOf(child: ChildProcess): Promise<string> {
  let printed = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  return eventually(
    'Firefox listens',
    () => {
      if (child.exitCode !== null) throw new Error(`Firefox ended:\n${printed}`);
      return /BiDi listening on (ws:\S+)/.exec(printed)?.[1];
    },
    READY_MS,
  );
}

async function connect(address: string): Promise<Send> {
  const socket = new WebSocket(address);
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  const waiting = new Map<number, (answer: Answer) => void>();
  let asked = 0;
  socket.on('message', (data) => {
    const answer = JSON.parse(String(data)) as Answer;
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  return (method, params) =>
    new Promise((resolve, reject) => {
      asked += 1;
      waiting.set(asked, (answer) =>
        answer.type === 'success'
          ? resolve(answer.result)
          : reject(new Error(`${method}: ${answer.error} ${answer.message}`)),
      );
      socket.send(JSON.stringify({ id: asked, method, params }));
    });
}

type Answer = { readonly id: number } & (
  | { readonly type: 'success'; readonly result: Record<string, unknown> }
  | { readonly type: 'error'; readonly error: string; readonly message: string }
);
type Tree = { readonly context: string; readonly url: string; readonly children: readonly Tree[] | null };

async function openTab(send: Send, url: string): Promise<FirefoxTab> {
  const { context } = (await send('browsingContext.create', { type: 'tab' })) as { context: string };
  await send('browsingContext.navigate', { context, url, wait: 'complete' });
  return {
    reload: async () => void (await send('browsingContext.reload', { context, wait: 'complete' })),
    page: frameOf(send, context),
    frame: (address) =>
      eventually(`a frame of ${address}`, async () => {
        const { contexts } = (await send('browsingContext.getTree', { root: context })) as {
          contexts: Tree[];
        };
        const found = contexts[0]?.children?.find((one) => one.url.startsWith(address));
        return found && frameOf(send, found.context);
      }),
  };
}

function frameOf(send: Send, context: string): FirefoxFrame {
  const evaluate = async (expression: string): Promise<Evaluated> => {
    const answer = (await send('script.evaluate', {
      ...{ expression, target: { context }, awaitPromise: true, resultOwnership: 'root' },
    })) as { result?: Evaluated; exceptionDetails?: { text: string } };
    if (!answer.result) throw new Error(`${expression}: ${answer.exceptionDetails?.text}`);
    return answer.result;
  };
  const act = (type: string, actions: readonly object[]) =>
    send('input.performActions', { context, actions: [{ type, id: type, actions }] });
  return {
    evaluate: async (expression) => (await evaluate(expression)).value ?? null,
    async click(element) {
      const found = await eventually(`${element} is there`, async () => (await evaluate(element)).sharedId);
      await act('pointer', [
        { type: 'pointerMove', x: 0, y: 0, origin: { type: 'element', element: { sharedId: found } } },
        { type: 'pointerDown', button: 0 },
        { type: 'pointerUp', button: 0 },
      ]);
    },
    async type(text) {
      const keys = [...text.replaceAll('\n', ENTER)];
      await act(
        'key',
        keys.flatMap((value) => [
          { type: 'keyDown', value },
          { type: 'keyUp', value },
        ]),
      );
    },
  };
}

type Evaluated = { readonly value?: unknown; readonly sharedId?: string };
