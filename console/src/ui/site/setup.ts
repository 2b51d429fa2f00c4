/** One site's setup while somebody works on it. It is kept while they look at other pages, until it is saved or discarded. */
import type { SiteSetup, UsualWords } from '@fullname/shared/api';
import type { ErrorCode } from '@fullname/shared/errors';
import type { SiteSettings } from '@fullname/shared/site-settings';
import { effect } from '@preact/signals';
import { createContext } from 'preact';
import { useContext, useEffect, useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { session } from '../../session.ts';
import {
  draftOf,
  formOf,
  isSameForm,
  mergeForms,
  type Piece,
  problemsIn,
  type SetupForm,
  withPiece,
} from './form.ts';

type Work = {
  readonly stored: SiteSetup;
  readonly form: SetupForm;
  /** Pieces that two have changed, with the other's version of them. */
  readonly both: readonly Piece[];
  readonly mine: SetupForm | null;
  /** Marks are drawn once somebody has tried to save. */
  readonly tried: boolean;
  /** Another where the fields must be filled anew. */
  readonly filled: number;
};

export type Setup = Work & {
  readonly usual: UsualWords | null;
  readonly problems: readonly string[];
  readonly problem: ErrorCode | null;
  readonly busy: boolean;
  readonly isChanged: boolean;
  /** Whether something at a path, or below it, is to be marked. */
  marked(path: string): boolean;
  set<Key extends keyof SiteSettings>(key: Key, value: SiteSettings[Key]): void;
  change(part: Partial<Pick<SetupForm, 'name' | 'hosts'>>): void;
  /** Puts the other's, or one's own, version of a piece into the fields. */
  choose(piece: Piece, whose: 'mine' | 'theirs'): void;
  discard(): () => void;
  save(): Promise<boolean>;
};

export const SetupContext = createContext<Setup | null>(null);

export function useSetup(): Setup {
  const setup = useContext(SetupContext);
  if (!setup) throw new Error('Draw this inside <SetupContext.Provider>.');
  return setup;
}

/** What is kept of a site's setup that is not saved yet, and whose work it is: the next person at this page begins afresh. */
const kept = new Map<string, Work>();
let worker: string | undefined;

effect(() => {
  const now = session.value;
  if (now.state !== 'signed-in' || now.info.person.id === worker) return;
  kept.clear();
  worker = now.info.person.id;
});

export function useSetupOf(loaded: SiteSetup, usual: UsualWords | null): Setup {
  const id = loaded.site.id;
  const [work, setWork] = useState<Work>(() => kept.get(id) ?? begin(loaded));
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [busy, setBusy] = useState(false);
  const isChanged = !isSameForm(work.form, formOf(work.stored));
  const problems = problemsIn(work.form, usual);
  useEffect(() => {
    if (isChanged) kept.set(id, work);
    else kept.delete(id);
  }, [work, isChanged]);
  useLeaving(isChanged);
  const setForm = (next: (form: SetupForm) => SetupForm) =>
    setWork((before) => ({ ...before, form: next(before.form) }));

  async function save(): Promise<boolean> {
    setWork((before) => ({ ...before, tried: true }));
    if (busy || problems.length > 0) return false;
    setBusy(true);
    const answer = await api.changeSiteSetup(id, draftOf(work.form, work.stored.version));
    const newer = !answer.ok && answer.code === 'CHANGED' ? await api.siteSetup(id) : null;
    setBusy(false);
    if (newer?.ok) setWork((before) => joined(before, newer.value));
    setProblem(answer.ok || newer?.ok ? null : answer.code);
    if (answer.ok) setWork((before) => ({ ...begin(answer.value), filled: before.filled + 1 }));
    return answer.ok;
  }

  return {
    ...work,
    usual,
    problems,
    problem,
    busy,
    isChanged,
    marked: (path) => work.tried && problems.some((one) => one === path || one.startsWith(`${path}.`)),
    set: (key, value) => setForm((form) => ({ ...form, settings: { ...form.settings, [key]: value } })),
    change: (part) => setForm((form) => ({ ...form, ...part })),
    choose: (piece, whose) =>
      setWork((before) => {
        const from = whose === 'theirs' ? formOf(before.stored) : (before.mine ?? before.form);
        return { ...before, form: withPiece(before.form, piece, from), filled: before.filled + 1 };
      }),
    discard() {
      const before = work;
      setProblem(null);
      setWork((now) => ({ ...begin(now.stored), filled: now.filled + 1 }));
      return () => setWork((now) => ({ ...before, filled: now.filled + 1 }));
    },
    save,
  };
}

function begin(stored: SiteSetup): Work {
  return { stored, form: formOf(stored), both: [], mine: null, tried: false, filled: 0 };
}

/** Somebody was faster: what they alone have changed is taken over, what both have is shown. */
function joined(work: Work, newer: SiteSetup): Work {
  const { form, both } = mergeForms(formOf(work.stored), work.form, formOf(newer));
  return { ...work, stored: newer, form, both, mine: work.form, tried: false, filled: work.filled + 1 };
}

/** The browser asks before it closes a page that holds what is not saved. */
function useLeaving(isChanged: boolean): void {
  useEffect(() => {
    if (!isChanged) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [isChanged]);
}
