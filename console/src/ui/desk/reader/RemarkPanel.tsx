import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { optionKey, remarkKey } from '../../../keys.ts';
import { mayBeDismissed, mayBeSilenced, type Remark } from '../../../reader/remarks.ts';
import type { Shoulder } from '../../../reader/shoulder.ts';
import type { Span } from '../../../reader/spans.ts';
import { words } from '../../../strings/index.ts';
import { Icon } from '../../common/Icon.tsx';
import { WithSlots } from '../PhraseBar.tsx';
import { actOn, select, walk } from './act-on.ts';
import { type Act, actsOf, perform } from './acts.ts';
import { PromiseOffer } from './PromiseOffer.tsx';
import { ProposeForm } from './ProposeForm.tsx';
import { RefusalReasons } from './RefusalReasons.tsx';
import { titleOf, whyOf } from './titles.ts';
import { remarkIds } from './useShoulder.ts';

type PanelProps = {
  readonly shoulder: Shoulder;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  /** Sends although something was asked about. */
  readonly onSend: () => void;
};

/** Below the field: the one remark at the caret, or nearest to it. */
export function RemarkPanel({ shoulder, field, onSend }: PanelProps) {
  const remark = shoulder.shown.value;
  if (!remark) return null;
  return (
    <section
      id={remarkIds(shoulder).panel}
      class="remark"
      aria-label={words().reader.label}
      data-kind={remark.kind}
      data-weight={remark.weight}
      data-terse={shoulder.hurried.value}
      onKeyDown={(event) => {
        const key = remarkKey(event);
        if (!key) return;
        event.preventDefault();
        actOn(key, { remark: now(shoulder, remark), shoulder, field: field.current });
      }}
    >
      <div class="remark-body">
        <Head remark={remark} shoulder={shoulder} field={field} />
        <p class="remark-why" id={remarkIds(shoulder).why}>
          {whyOf(remark)}
        </p>
        <Offers key={remark.key} remark={remark} shoulder={shoulder} field={field} />
        <Foot remark={remark} shoulder={shoulder} field={field} />
      </div>
      <Stopped shoulder={shoulder} field={field} onSend={onSend} />
    </section>
  );
}

/** What is drawn may be a reading old; what is acted on stands where it stands now. */
function now(shoulder: Shoulder, drawn: Remark): Remark {
  return shoulder.current.peek() ?? drawn;
}

type PartProps = Omit<PanelProps, 'onSend'> & { readonly remark: Remark };

function Head({ remark, shoulder, field }: PartProps) {
  const t = words().reader;
  const { at, of } = shoulder.position.value;
  return (
    <header class="remark-head">
      <p id={remarkIds(shoulder).title}>
        {remark.kind !== 'promise' && remark.kind !== 'card' && (
          <span class="remark-weight">{t.weights[remark.weight]}</span>
        )}
        <b>{titleOf(remark)}</b>
        {remark.kind === 'rule' && !isNamedBy(remark.words, titleOf(remark)) && (
          <q class="remark-words" dir="auto" lang={shoulder.thread.detail.value.locale}>
            {remark.words}
          </q>
        )}
      </p>
      {of > 1 && (
        <span class="remark-walk">
          <button
            type="button"
            class="icon-button"
            aria-label={t.previous}
            aria-keyshortcuts="Alt+K"
            title={`${t.previous} · ${optionKey} K`}
            onClick={() => walk(shoulder, field.current, -1)}
          >
            <Icon name="up" />
          </button>
          <span>{t.position(at + 1, of)}</span>
          <button
            type="button"
            class="icon-button"
            aria-label={t.next}
            aria-keyshortcuts="Alt+J"
            title={`${t.next} · ${optionKey} J`}
            onClick={() => walk(shoulder, field.current, 1)}
          >
            <Icon name="down" />
          </button>
        </span>
      )}
    </header>
  );
}

/** Some rules are called by the very words that they find: once is enough. */
function isNamedBy(found: string, title: string): boolean {
  return found.toLowerCase() === title.toLowerCase();
}

function Offers({ remark, shoulder, field }: PartProps) {
  const t = words().reader;
  const acts = actsOf(remark, shoulder);
  const take = (act: Act) =>
    void perform(act, { remark: now(shoulder, remark), shoulder, field: field.current });
  const lead = leadOf(remark, shoulder);
  return (
    <>
      {lead && <p class="remark-lead">{lead}</p>}
      {acts.length > 0 && (
        <ul class="remark-offers" aria-label={t.instead}>
          {acts.map((act, index) => (
            <li key={act.label} class={act.label.length > LONG ? 'offer-long' : ''}>
              <button
                type="button"
                class="offer"
                {...(act.lang ? { lang: act.lang } : {})}
                {...(index === 0 ? { 'aria-keyshortcuts': 'Alt+Enter' } : {})}
                dir="auto"
                title={act.label.length > LONG ? act.label : undefined}
                onClick={() => take(act)}
              >
                <span class="offer-text">
                  <WithSlots text={act.label} />
                </span>
                {act.note && <small lang={document.documentElement.lang}>{act.note}</small>}
                {index === 0 && (
                  <span class="kbd" aria-hidden="true">
                    {optionKey} ↵
                  </span>
                )}
              </button>
            </li>
          ))}
        </ul>
      )}
      {remark.kind === 'refusal' && <RefusalReasons shoulder={shoulder} />}
      {remark.kind === 'promise' && (
        <PromiseOffer promise={remark.promise} shoulder={shoulder} field={field} />
      )}
    </>
  );
}

/** Longer words have a line of their own, and are cut after two. */
const LONG = 48;

function leadOf(remark: Remark, shoulder: Shoulder): string | null {
  const t = words().reader;
  if (remark.kind === 'secret') return t.stepInstead;
  if (remark.kind !== 'refusal') return null;
  if (shoulder.memory.reason.value) return t.firm;
  return shoulder.asked.value ? t.asked(shorten(shoulder.asked.value)) : null;
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 90 ? `${line.slice(0, 88)}…` : line;
}

function Foot({ remark, shoulder, field }: PartProps) {
  const t = words().reader;
  const [proposing, setProposing] = useState<Span | null>(null);
  const back = () => field.current?.focus();
  if (remark.kind === 'card') return null;
  return (
    <footer class="remark-foot">
      {mayBeDismissed(remark) && (
        <button
          type="button"
          class="link-button"
          aria-keyshortcuts="Alt+P"
          onClick={() => {
            shoulder.dismiss(now(shoulder, remark));
            back();
          }}
        >
          {t.dismiss}
          <span class="kbd" aria-hidden="true">
            {optionKey} P
          </span>
        </button>
      )}
      {mayBeSilenced(remark) && (
        <button
          type="button"
          class="link-button"
          aria-keyshortcuts="Alt+M"
          title={t.notHereHint}
          onClick={() => {
            shoulder.notHere(now(shoulder, remark));
            back();
          }}
        >
          {t.notHere}
          <span class="kbd" aria-hidden="true">
            {optionKey} M
          </span>
        </button>
      )}
      {remark.kind === 'rule' && (
        <button
          type="button"
          class="link-button remark-propose"
          onClick={() => setProposing(now(shoulder, remark).span)}
        >
          {t.propose}
        </button>
      )}
      {proposing && remark.kind === 'rule' && (
        <ProposeForm
          shoulder={shoulder}
          span={proposing}
          rule={remark.finding.rule}
          onClose={() => setProposing(null)}
        />
      )}
    </footer>
  );
}

function Stopped({ shoulder, field, onSend }: PanelProps) {
  const t = words().reader;
  const stopped = shoulder.stopped.value;
  if (!stopped) return null;
  return (
    <div class="remark-stopped">
      <p role="alert">{t.stopped[stopped]}</p>
      <span class="remark-stopped-acts">
        <button
          type="button"
          class="button button-small"
          onClick={() => {
            shoulder.lookAgain();
            const span = shoulder.current.peek()?.span;
            field.current?.focus();
            if (field.current && span) select(field.current, span);
          }}
        >
          {t.lookAgain}
        </button>
        {stopped === 'ask' && (
          <button type="button" class="button button-small" onClick={onSend}>
            {t.sendAsItIs}
          </button>
        )}
      </span>
    </div>
  );
}
