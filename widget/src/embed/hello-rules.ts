/** Which of a site's hellos fit a visitor on a page, and when: without the page itself, so that it can be tested. */
import { type EmbedHello, isOneOf } from '@fullname/shared/page-settings';

export type Looking = {
  /** Origin and path. */
  readonly url: string;
  readonly locale: string;
  /** The visitor has written here before. */
  readonly wrote: boolean;
};

/** In the owner's order. */
export function fitting(hellos: readonly EmbedHello[], { url, locale, wrote }: Looking): EmbedHello[] {
  return hellos.filter(
    (one) =>
      (!one.pages || isOneOf(one.pages, url)) &&
      (!one.locale || one.locale === locale) &&
      (one.returning ?? wrote) === wrote,
  );
}

/** The first whose time has come, or null; `wait`: in how many milliseconds the next one's does, null where there is none. */
export function due(
  hellos: readonly EmbedHello[],
  seen: number,
): { readonly hello: EmbedHello | null; readonly wait: number | null } {
  const times = hellos.map(({ after = 0 }) => after * 1_000 - seen);
  const at = times.findIndex((left) => left <= 0);
  const later = times.filter((left) => left > 0);
  return { hello: hellos[at] ?? null, wait: later.length > 0 ? Math.min(...later) : null };
}

/** Counts milliseconds while it runs. */
export type Watch = { seen(): number; run(on: boolean): void };

export function stopwatch(now: () => number): Watch {
  let before = 0;
  let since: number | null = null;
  const seen = (): number => before + (since === null ? 0 : now() - since);
  return {
    seen,
    run(on) {
      before = seen();
      since = on ? now() : null;
    },
  };
}
