/** Many small pictures on one sheet, each with its name: for people who would rather look than read. */
import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Browser, Page } from 'playwright-core';

export type Shot = { readonly name: string; readonly png: string };

/** The page as it stands, without a caret that blinks. */
export async function shoot(page: Page, name: string): Promise<Shot> {
  const shot = await page.screenshot({ animations: 'disabled', caret: 'hide' });
  return { name, png: `data:image/png;base64,${shot.toString('base64')}` };
}

/** Writes them into one picture, six in a row; gives its size in bytes. */
export async function writeSheet(browser: Browser, shots: readonly Shot[], path: string): Promise<number> {
  // As wide as a page of documents; as high as it has to be.
  const context = await browser.newContext({ viewport: { width: 1_440, height: 900 } });
  try {
    const page = await context.newPage();
    await page.evaluate(async (all) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        'body{display:grid;grid-template-columns:repeat(6,1fr);gap:12px;margin:12px;background:#d5d4ce;font:12px system-ui}figure{margin:0}img{width:100%;display:block;border-radius:6px}figcaption{padding:4px 2px}',
      );
      document.adoptedStyleSheets = [sheet];
      for (const { name, png } of all) {
        const [figure, caption] = [document.createElement('figure'), document.createElement('figcaption')];
        const image = new Image();
        image.src = png;
        await image.decode();
        caption.textContent = name;
        figure.append(image, caption);
        document.body.append(figure);
      }
    }, shots);
    mkdirSync(dirname(path), { recursive: true });
    await page.screenshot({ path, fullPage: true });
    return statSync(path).size;
  } finally {
    await context.close();
  }
}
