/** Prints a note on a plain page of its own: nothing of the console is on it. */
export function printNote(text: string): void {
  const sheet = document.createElement('article');
  sheet.className = 'note-sheet';
  sheet.dir = 'auto';
  sheet.textContent = text;
  document.body.append(sheet);
  document.body.classList.add('printing-note');
  const away = () => {
    sheet.remove();
    document.body.classList.remove('printing-note');
  };
  window.addEventListener('afterprint', away, { once: true });
  window.print();
}
