/**
 * The one thing kept in the host page's own storage: "this visitor has a conversation". Holds no secret.
 * Sets or removes it where told to, and says whether it was there.
 */
export function mark(site: string, on?: boolean): boolean {
  const key = `fullname.${site}`;
  try {
    const was = localStorage.getItem(key);
    if (on) localStorage.setItem(key, '1');
    else if (on === false) localStorage.removeItem(key);
    return !!was;
  } catch {
    // A page without storage: the badge waits until the chat is opened.
    return false;
  }
}
