import { commandKey, optionKey } from '../keys.ts';
import { words } from '../strings/index.ts';
import { Dialog } from './common/Dialog.tsx';

/** Every key, for `?`. */
export function KeysHelp({ onClose }: { readonly onClose: () => void }) {
  const t = words().keys;
  const remarks = words().reader.keys;
  const rows: readonly (readonly [string, string])[] = [
    ['?', t.help],
    [`${commandKey} K`, t.palette],
    ['/', t.search],
    ['J', t.down],
    ['K', t.up],
    ['A  T', t.take],
    ['R', t.reply],
    ['N', t.note],
    ['H', t.handOver],
    ['E', t.close],
    ['F', words().recovery.key],
    ['P', t.pane],
    [`${optionKey} 1–3`, t.phrase],
    ['/', t.slash],
    [`${optionKey} ↵`, remarks.take],
    [`${optionKey} P`, remarks.dismiss],
    [`${optionKey} M`, remarks.notHere],
    [`${optionKey} J  ${optionKey} K`, remarks.walk],
    ['J  K  ↵', words().work.keys.todo],
    [`${commandKey} Enter`, t.send],
    ['Esc', t.escape],
  ];
  return (
    <Dialog title={t.title} onClose={onClose}>
      <p class="dialog-lead">{t.lead}</p>
      <dl class="keys-list">
        {rows.map(([keys, text]) => (
          <div key={text}>
            <dt>
              {keys.split('  ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
