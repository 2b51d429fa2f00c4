/** The floor: a launcher, a list and a field in bare Preact with the usual socket.io-client, built as anybody would with Vite. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { root } from '../../support/root.ts';

const SOURCE = `
import { h, render } from 'preact';
import { useState } from 'preact/hooks';
import { io } from 'socket.io-client';

let socket;
function Chat() {
  const [open, setOpen] = useState(false);
  const [said, setSaid] = useState([]);
  const [draft, setDraft] = useState('');
  const start = () => {
    setOpen(true);
    socket ??= io(window.floorSocket, { path: '/socket', transports: ['websocket'], auth: { pair: 0 } });
    socket.on('message:sent', (one) => setSaid((all) => [...all, one]));
    socket.on('connect', () => { document.documentElement.dataset.connected = ''; });
  };
  const send = (event) => {
    event.preventDefault();
    socket.emitWithAck('message:send', { id: String(said.length), text: draft }).then(({ value }) => setSaid((all) => [...all, value]));
    setDraft('');
  };
  if (!open) return h('button', { onClick: start }, 'Talk to a person');
  return h('form', { onSubmit: send },
    h('ul', null, said.map(({ id, text }) => h('li', { key: id }, text))),
    h('textarea', { value: draft, onInput: (event) => setDraft(event.target.value), ref: (field) => field?.focus() }),
    h('button', { type: 'submit' }, 'Send'));
}
render(h(Chat), document.getElementById('chat'));
`;

/** Its one script, minified. */
export async function buildFloor(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'fullname-floor-'));
  try {
    const entry = join(folder, 'floor.js');
    writeFileSync(entry, SOURCE);
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    const own = createRequire(join(root, 'widget/package.json'));
    const folderOf = (name: string): string => dirname(own.resolve(`${name}/package.json`));
    const made = await build({
      root: folder,
      configFile: false,
      logLevel: 'warn',
      resolve: { alias: { preact: folderOf('preact'), 'socket.io-client': folderOf('socket.io-client') } },
      build: { write: false, target: 'es2022', modulePreload: false, rolldownOptions: { input: entry } },
    });
    const outputs = (Array.isArray(made) ? made : [made]).flatMap((one) =>
      'output' in one ? one.output : [],
    );
    const [script] = outputs.filter((part) => part.type === 'chunk');
    if (!script || outputs.length !== 1) throw new Error('The floor must become one script.');
    return script.code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
