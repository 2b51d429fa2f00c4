import { afterEach, expect, test, vi } from 'vitest';
import { serve } from './keyboard.ts';

afterEach(() => vi.unstubAllGlobals());

test('the open chat follows what the keyboard leaves of the view', () => {
  const view = Object.assign(new EventTarget(), { offsetTop: 0, height: 844 });
  vi.stubGlobal('visualViewport', view);
  const rules: string[] = [];
  vi.stubGlobal(
    'CSSStyleSheet',
    class {
      replaceSync = (text: string) => rules.push(text);
    },
  );
  const sheets: unknown[] = [];
  const host = document.createElement('fullname-chat');
  const root = { adoptedStyleSheets: sheets, host } as unknown as ShadowRoot;
  serve(new MessageChannel().port1 as unknown as MessagePort, 'shop', root, () => undefined);
  expect(root.adoptedStyleSheets).toHaveLength(1);

  Object.assign(view, { offsetTop: 120, height: 460 });
  view.dispatchEvent(new Event('resize'));
  expect(rules.at(-1)).toContain('top: 120px; height: 460px');
});
