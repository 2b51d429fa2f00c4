/** What this person has said "no" to, so that it is not asked again in this browser. A comfort: without storage it lasts as long as the tab. */
const KEY = 'fullname.console.not-a-failure';
/** As many as one meets in a month or two. */
const REMEMBERED = 400;

const dismissed = new Set(stored());

export function isDismissed(what: string): boolean {
  return dismissed.has(what);
}

export function rememberDismissed(what: string): void {
  dismissed.add(what);
  try {
    localStorage.setItem(KEY, JSON.stringify([...dismissed].slice(-REMEMBERED)));
  } catch {
    // Storage is refused or full.
  }
}

function stored(): string[] {
  try {
    const list: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string') : [];
  } catch {
    return [];
  }
}
