import type { ErrorCode } from '@fullname/shared/errors';
import { nameProblem } from '@fullname/shared/full-name';
import { LOCALES } from '@fullname/shared/locale';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { commandKey } from '../../keys.ts';
import { askPermission, permission } from '../../notify.ts';
import { changeSettings, settings } from '../../preferences.ts';
import { refreshMe, signOut } from '../../session.ts';
import { playSound } from '../../sound.ts';
import { STRINGS, words } from '../../strings/index.ts';
import { say, sayProblem } from '../../toast.ts';
import { Choice, PasswordField, Switch } from '../common/Field.tsx';
import { NameFields } from '../entry/NameFields.tsx';

/** Oneself: name, language, comfort, password. */
export function AccountSection() {
  const t = words();
  return (
    <section class="page-body" aria-label={t.settings.account}>
      <OwnName />
      <article class="card">
        <Choice
          label={t.settings.language}
          name="locale"
          value={settings.value.locale}
          options={LOCALES.map((locale) => ({ value: locale, label: STRINGS[locale].language }))}
          onChange={(locale) => changeSettings({ locale })}
        />
      </article>
      <Comfort />
      <Password />
      <button type="button" class="button" onClick={() => void signOut().then(sayProblem)}>
        {t.settings.signOut}
      </button>
    </section>
  );
}

function OwnName() {
  const { person, demo } = useDesk();
  const t = words();
  const [name, setName] = useState({ given: person.given, family: person.family });
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const changed = name.given.trim() !== person.given || name.family.trim() !== person.family;

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    if (nameProblem(name)) return setProblem('FULL_NAME');
    const answer = await api.changeMember(person.id, name);
    if (!answer.ok) return setProblem(answer.code);
    setProblem(null);
    refreshMe({ person: answer.value, demo });
    say(t.common.saved);
  }

  return (
    <form class="card stack" onSubmit={(event) => void submit(event)}>
      <NameFields name={name} onChange={setName} />
      {problem && (
        <p class="form-problem" role="alert">
          {t.errors[problem]}
        </p>
      )}
      <button type="submit" class="button" disabled={!changed || nameProblem(name) !== null}>
        {t.settings.saveName}
      </button>
    </form>
  );
}

function Comfort() {
  const t = words().settings;
  const now = settings.value;
  return (
    <article class="card stack">
      <h2>{t.comfort}</h2>
      <Switch
        label={t.singleKeys}
        hint={t.singleKeysHint}
        on={now.singleKeys}
        onChange={(singleKeys) => changeSettings({ singleKeys })}
      />
      <Switch
        label={t.enterSends}
        hint={t.enterSendsHint(commandKey)}
        on={now.enterSends}
        onChange={(enterSends) => changeSettings({ enterSends })}
      />
      <Switch
        label={t.sound}
        hint={t.soundHint}
        on={now.sound}
        onChange={(sound) => changeSettings({ sound })}
      />
      <button type="button" class="link-button" onClick={() => void playSound()}>
        {t.testSound}
      </button>
      <Notifications />
    </article>
  );
}

function Notifications() {
  const t = words().settings;
  const now = permission.value;
  if (now === 'granted')
    return (
      <Switch
        label={t.notifications}
        on={settings.value.notifications}
        onChange={(notifications) => changeSettings({ notifications })}
      />
    );
  return (
    <div class="switch-row">
      <div>
        <span class="switch-label">{t.notifications}</span>
        {now !== 'default' && <p class="field-hint">{now === 'denied' ? t.denied : t.unsupported}</p>}
      </div>
      {now === 'default' && (
        <button type="button" class="button" onClick={() => void askPermission()}>
          {t.allow}
        </button>
      )}
    </div>
  );
}

function Password() {
  const { person } = useDesk();
  const t = words();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [problem, setProblem] = useState<ErrorCode | null>(null);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const answer = await api.changePassword({ current, next });
    if (!answer.ok) return setProblem(answer.code);
    setProblem(null);
    setCurrent('');
    setNext('');
    say(t.settings.passwordChanged);
  }

  return (
    <form class="card stack" onSubmit={(event) => void submit(event)}>
      <h2>{t.settings.password}</h2>
      <input
        class="visually-hidden"
        type="email"
        autocomplete="username"
        value={person.email}
        readOnly
        tabIndex={-1}
        aria-hidden="true"
      />
      <PasswordField label={t.settings.current} value={current} onChange={setCurrent} />
      <PasswordField
        label={t.settings.next}
        hint={t.accept.passwordHint}
        value={next}
        onChange={setNext}
        fresh
      />
      {problem && (
        <p class="form-problem" role="alert">
          {problem === 'WRONG_PASSWORD' ? t.settings.wrongCurrent : t.errors[problem]}
        </p>
      )}
      <button type="submit" class="button" disabled={!current || !next}>
        {t.settings.changePassword}
      </button>
    </form>
  );
}
