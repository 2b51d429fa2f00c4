/** Files that are dragged over the chat, dropped or pasted; null where they are words. */
export function filesIn(event: Event): DataTransfer | null {
  const data = (event as ClipboardEvent).clipboardData ?? (event as DragEvent).dataTransfer;
  const types = `${data?.types}`;
  // A table or a document brings its picture along, and its words are meant. A file alone may bring its name.
  return /Files/.test(types) && !(/plain/.test(types) && /html/.test(types)) ? data : null;
}
