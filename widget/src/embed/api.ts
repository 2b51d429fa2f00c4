/**
 * `window.Fullname`, and what the tag may say:
 *
 *   data-locale="zh-Hant"      the language; otherwise the browser's
 *   data-identity="JWT"        who the visitor is, signed by the site
 *   data-open-on="#help, .ask" a selector: a click on what it matches opens the chat
 *
 *   Fullname('open') · ('close') · ('identify', jwt) · ('logout') · ('destroy') · ('start') · ('on', 'opened' | 'closed' | 'unread', handler)
 *
 * Calls made before the script has come: `window.Fullname ??= (...call) => (Fullname.q ??= []).push(call)`.
 */
import { pickLocale } from '@fullname/shared/locale';
import { type EventName, type Options, type Settings, startWidget, type Widget } from './widget.ts';

type Handler = (detail?: number) => void;
type Api = { (...call: unknown[]): void; q?: unknown[][]; runs?: boolean };

declare global {
  interface Window {
    Fullname?: Api;
  }
}

/** Draws the launcher and opens the API; on a page where that was done already, it is not done again. */
export function boot(settings: Settings, { locale, identity, openOn }: DOMStringMap): void {
  const early = window.Fullname;
  if (early?.runs) {
    early('start');
    return;
  }
  const options: Options = {
    locale: pickLocale([locale, ...navigator.languages]),
    identity: identity || null,
  };
  const handlers: [EventName, Handler][] = [];
  let widget: Widget | null = null;

  const announce = (event: EventName, detail?: number): void => {
    for (const [name, handler] of handlers) if (name === event) handler(detail);
  };
  const api: Api = (command, ...args) => {
    if (command === 'start') widget ??= startWidget(settings, options, announce);
    else if (command === 'on') handlers.push(args as [EventName, Handler]);
    else widget?.[command as keyof Widget]?.(args[0] as string);
    if (command === 'destroy') widget = null;
  };
  api.runs = true;
  window.Fullname = api;
  if (openOn) {
    document.addEventListener('click', (event) => {
      if (event.target instanceof Element && event.target.closest(openOn)) api('open');
    });
  }
  api('start');
  for (const call of early?.q ?? []) api(...call);
}
