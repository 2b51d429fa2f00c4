import { LOCALES } from '@fullname/shared/locale';
import { useDesk } from '../context.ts';
import { changeSettings, settings } from '../preferences.ts';
import { presenceOf } from '../presence-words.ts';
import { go, type Route, route } from '../route.ts';
import { signOut } from '../session.ts';
import { STRINGS, words } from '../strings/index.ts';
import { sayProblem } from '../toast.ts';
import { overlay, pane } from '../view.ts';
import { Face } from './common/Face.tsx';
import { Icon, type IconName } from './common/Icon.tsx';
import { Menu, type MenuItem } from './common/Menu.tsx';

/** The sections, and oneself. */
export function Rail() {
  const { inbox, book, work, person } = useDesk();
  const t = words();
  const counts: Partial<Record<IconName, { count: number; says: string }>> = {
    desk: { count: inbox.counts.value.waiting, says: t.list.views.waiting },
    todo: { count: work.counts.value.due, says: t.work.dueNow },
    help: { count: work.counts.value.requests, says: t.work.help.waiting },
    heart: { count: work.counts.value.notes + work.counts.value.praise, says: t.company.railNew },
  };
  const shelf = book.read(settings.value.locale);
  const unread = shelf !== null && shelf.version > shelf.acknowledged;
  const open = inbox.open.value;
  const sections: readonly { to: Route; icon: IconName; label: string }[] = [
    {
      to: { page: 'desk', conversation: open.state === 'none' ? null : open.id },
      icon: 'desk',
      label: t.rail.desk,
    },
    { to: { page: 'todo', section: 'tasks' }, icon: 'todo', label: t.work.title },
    { to: { page: 'help' }, icon: 'help', label: t.work.help.title },
    { to: { page: 'book' }, icon: 'book', label: t.book.title },
    { to: { page: 'stories' }, icon: 'heart', label: t.company.title },
    // Who answers no customers does not read what customers said.
    ...(person.role === 'back-office'
      ? []
      : [{ to: { page: 'moments' } as const, icon: 'figures' as const, label: t.rail.moments }]),
    {
      to: { page: 'settings', section: person.role === 'owner' ? 'sites' : 'account' },
      icon: 'settings',
      label: t.rail.settings,
    },
  ];
  return (
    <nav class="rail" aria-label={t.rail.label} data-pane={route.value.page === 'desk' ? pane.value : 'page'}>
      {sections.map((section) => (
        <button
          key={section.icon}
          type="button"
          class="rail-item"
          data-page={section.to.page}
          {...(route.value.page === section.to.page ? { 'aria-current': 'page' as const } : {})}
          onClick={() => go(section.to)}
        >
          <Icon name={section.icon} />
          <span class="rail-label">{section.label}</span>
          {section.icon === 'book' && unread && (
            <span class="rail-unread">
              <span class="visually-hidden"> {t.book.unread}</span>
            </span>
          )}
          <Count of={counts[section.icon]} />
        </button>
      ))}
      <span class="rail-space" />
      <Me />
    </nav>
  );
}

function Count({ of }: { readonly of: { readonly count: number; readonly says: string } | undefined }) {
  if (!of || of.count === 0) return null;
  return (
    <span class="rail-count">
      {of.count}
      <span class="visually-hidden"> {of.says}</span>
    </span>
  );
}

function Me() {
  const { inbox, person } = useDesk();
  const t = words();
  const me = inbox.me.value;
  const here = me?.here ?? true;
  const presence = presenceOf({ here, backAt: me?.backAt ?? null });
  const set = (toHere: boolean, backAt: Date | null) =>
    void inbox.setPresence(toHere, backAt?.toISOString() ?? null).then(sayProblem);
  const away: MenuItem[] = [
    { label: `${t.presence.away} · ${t.presence.minutes(30)}`, act: () => set(false, inMinutes(30)) },
    { label: `${t.presence.away} · ${t.presence.hour}`, act: () => set(false, inMinutes(60)) },
    { label: `${t.presence.away} · ${t.presence.tomorrow}`, act: () => set(false, tomorrowMorning()) },
    { label: `${t.presence.away} · ${t.presence.noTime}`, act: () => set(false, null) },
  ];
  const items: MenuItem[] = [
    ...(here ? [] : [{ label: t.presence.comeBack, act: () => set(true, null) }]),
    ...(person.role === 'back-office' ? [] : away),
    ...LOCALES.map((locale, index) => ({
      label: STRINGS[locale].language,
      divided: index === 0,
      checked: settings.value.locale === locale,
      act: () => changeSettings({ locale }),
    })),
    {
      label: settings.value.sound ? t.notify.mute : t.notify.unmute,
      divided: true,
      act: () => changeSettings({ sound: !settings.value.sound }),
    },
    { label: t.settings.account, act: () => go({ page: 'settings', section: 'account' }) },
    { label: t.keys.title, keys: '?', act: openKeys },
    { label: t.settings.signOut, act: () => void signOut().then(sayProblem) },
  ];
  return (
    <Menu
      label={`${person.fullName}, ${presence}`}
      buttonClass="rail-item rail-me"
      placement="right-end"
      items={items}
      button={
        <>
          <span class="rail-face" data-here={here}>
            <Face name={person.fullName} />
          </span>
          <span>{here ? t.presence.hereShort : t.presence.away}</span>
        </>
      }
    />
  );
}

function openKeys(): void {
  overlay.value = 'keys';
}

function inMinutes(minutes: number): Date {
  return new Date(Date.now() + minutes * 60_000);
}

function tomorrowMorning(): Date {
  const date = new Date();
  date.setDate(date.getDate() + 1);
  date.setHours(9, 0, 0, 0);
  return date;
}
