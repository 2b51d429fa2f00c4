// Whoever leaves signs out first: the next person at this browser must not see their conversation.
const SIGNING_OUT_MS = 500;

document.getElementById('who')?.addEventListener('submit', (event) => {
  const form = event.currentTarget;
  const chosen = event.submitter?.value ?? '';
  if (!hasConversation()) return;
  event.preventDefault();
  window.Fullname?.('logout');
  setTimeout(() => location.assign(`${form.action}?as=${encodeURIComponent(chosen)}`), SIGNING_OUT_MS);
});

/** The chat's own mark on this page: without it there is nothing to sign out of, and nothing to wait for. */
function hasConversation() {
  try {
    return localStorage.getItem('fullname.demoshop') !== null;
  } catch {
    return true;
  }
}
