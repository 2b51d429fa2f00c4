/** What was typed into a form and not sent: kept for this person in this tab until it is sent or given up. */
import { useRef, useState } from 'preact/hooks';

const PREFIX = 'fullname.console.book.';
/** Where the browser stores nothing, it lasts as long as the page. */
const memory = new Map<string, string>();

export type KeptForm<Form> = {
  readonly form: Form;
  set(change: Partial<Form>): void;
  /** Something is here from before. */
  readonly restored: boolean;
  /** There is something that would be lost. */
  readonly changed: boolean;
  startOver(): void;
  forget(): void;
};

/** A form that survives being closed. `key` names the person and the entry; `start` is how it looks untouched. */
export function useKept<Form extends object>(key: string, start: Form): KeptForm<Form> {
  const first = useRef(start).current;
  const [kept] = useState(() => readKept(key, first));
  const [form, setForm] = useState<Form>(kept ?? first);
  const [restored, setRestored] = useState(kept !== null);
  const changed = JSON.stringify(form) !== JSON.stringify(first);
  const forget = () => writeKept(key, null);
  const put = (next: Form) => {
    setForm(next);
    writeKept(key, JSON.stringify(next) === JSON.stringify(first) ? null : next);
  };
  return {
    form,
    restored,
    changed,
    forget,
    set: (change) => put({ ...form, ...change }),
    startOver: () => {
      setRestored(false);
      put(first);
    },
  };
}

/** Null when there is nothing, or nothing of this shape: an older page may have left something else. */
function readKept<Form extends object>(key: string, shape: Form): Form | null {
  try {
    const stored: unknown = JSON.parse(memory.get(key) ?? readStored(key) ?? 'null');
    if (typeof stored !== 'object' || stored === null) return null;
    const sameShape = Object.entries(shape).every(([name, value]) => {
      const other: unknown = Reflect.get(stored, name);
      return typeof other === typeof value && Array.isArray(other) === Array.isArray(value);
    });
    return sameShape ? (stored as Form) : null;
  } catch {
    return null;
  }
}

function readStored(key: string): string | null {
  try {
    return sessionStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

function writeKept(key: string, form: object | null): void {
  memory.delete(key);
  try {
    if (form === null) sessionStorage.removeItem(PREFIX + key);
    else sessionStorage.setItem(PREFIX + key, JSON.stringify(form));
  } catch {
    // Storage is refused or full.
    if (form !== null) memory.set(key, JSON.stringify(form));
  }
}
