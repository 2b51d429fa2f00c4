import type { Locale } from '@fullname/shared/locale';
import type { ConversationRow as Row } from '@fullname/shared/model';
import { now } from '../../clock.ts';
import { useDesk } from '../../context.ts';
import { momentOf, recentOf, spanOf, waitOf } from '../../format.ts';
import { hashOf } from '../../route.ts';
import { words } from '../../strings/index.ts';

/** Waiting longer than this is about to slip: the number turns amber. */
const LONG_WAIT_MS = 3 * 60_000;

/** Two lines and one number: how long they wait, or when it last moved. */
export function ConversationRow({ row, open }: { readonly row: Row; readonly open: boolean }) {
  const t = words().list;
  const unread = row.lastSeq > row.read;
  return (
    <li>
      <a
        class="row"
        href={hashOf({ page: 'desk', conversation: row.id })}
        data-unread={unread}
        data-please-know={row.pleaseKnow}
        {...(open ? { 'aria-current': 'true' as const } : {})}
      >
        <span class="row-name" dir="auto">
          <span lang={row.name === null ? undefined : hanOf(row)}>{nameOf(row)}</span>
          <ClaimMark row={row} />
        </span>
        <RowTime row={row} />
        <span class="row-preview" dir="auto">
          {row.callBack && <CallBackMark row={row} callBack={row.callBack} />}
          <Preview row={row} />
        </span>
        {unread && (
          <span class="row-unread">
            <span class="visually-hidden">{t.unread}</span>
          </span>
        )}
        {row.pleaseKnow && <span class="visually-hidden">{t.pleaseKnow}</span>}
      </a>
    </li>
  );
}

/** The customer's name, a claimed name, or nobody's. */
export function nameOf(row: Pick<Row, 'name'>): string {
  return row.name ?? words().list.visitor;
}

/** Stands beside a name that nobody has proven. */
export function ClaimMark({ row }: { readonly row: Pick<Row, 'name' | 'known'> }) {
  if (!row.name || row.known) return null;
  return <small class="claim-mark"> {words().list.claimed}</small>;
}

/** When somebody is to be called back: they do not sit and wait. */
function CallBackMark({
  row,
  callBack: { from, to },
}: {
  readonly row: Row;
  readonly callBack: NonNullable<Row['callBack']>;
}) {
  return (
    <b class="row-call-back" title={momentOf(from)}>
      {words().list.callBack(spanOf(from, to))}
      {row.preview && ' · '}
    </b>
  );
}

function RowTime({ row }: { readonly row: Row }) {
  if (!row.waitingSince || row.status === 'closed' || row.status === 'spam')
    return (
      <time class="row-time" dateTime={row.lastAt} title={momentOf(row.lastAt)}>
        {recentOf(row.lastAt, now.value)}
      </time>
    );
  return <WaitTime since={row.waitingSince} />;
}

export function WaitTime({ since }: { readonly since: string }) {
  const long = now.value - Date.parse(since) > LONG_WAIT_MS;
  const text = waitOf(since, now.value);
  return (
    <time class="row-time wait" data-long={long} dateTime={since} title={momentOf(since)}>
      <span class="visually-hidden">{words().list.waitingFor('')}</span>
      {text}
    </time>
  );
}

function Preview({ row }: { readonly row: Row }) {
  const t = words().list;
  const { person } = useDesk();
  const mine = row.holder?.id === person.id;
  const said = <span lang={hanOf(row)}>{row.preview?.text ?? ''}</span>;
  if (row.preview?.by === 'agent' && mine)
    return (
      <>
        {t.you}
        {said}
      </>
    );
  if (row.status === 'open' && row.holder && !mine)
    return (
      <>
        {row.holder.fullName} · {said}
      </>
    );
  return said;
}

/** Which of the two scripts a Chinese conversation is in: letters and signs of the one are drawn otherwise in the other. */
function hanOf({ locale }: Pick<Row, 'locale'>): Locale | undefined {
  return locale === 'en' ? undefined : locale;
}
