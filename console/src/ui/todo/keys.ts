import { useEffect } from 'preact/hooks';
import { listenToKeys } from '../../keys.ts';
import { overlay } from '../../view.ts';

/** The keys of a page with one list: J and K walk in it, Enter opens; `?` and the palette as everywhere. */
export function usePageKeys(rows: string): void {
  useEffect(() => {
    const nothing = () => undefined;
    return listenToKeys({
      help: () => {
        overlay.value = 'keys';
      },
      palette: () => {
        overlay.value = 'palette';
      },
      down: () => walk(rows, 1),
      up: () => walk(rows, -1),
      search: nothing,
      reply: nothing,
      note: nothing,
      take: nothing,
      handOver: nothing,
      close: nothing,
      failure: nothing,
      pane: nothing,
    });
  }, [rows]);
}

/** From the row in which the focus is; from outside, to the first. */
function walk(rows: string, by: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>(rows)];
  const here = document.activeElement?.closest('li')?.querySelector<HTMLElement>(rows);
  const at = here ? all.indexOf(here) : -1;
  all[at < 0 ? 0 : at + by]?.focus();
}
