import { render } from '@testing-library/preact';
import { describe, expect, it } from 'vitest';
import { GuideText, whereTo } from './GuideText.tsx';
import { GUIDES, readGuide } from './guides.ts';
import { anchorOf, readLine, readMarkdown } from './markdown.ts';

describe('a guide’s text', () => {
  it('is read into blocks', () => {
    const text =
      '# Head\n\nTwo\nlines.\n\n```html\n<b>\n\n| a |\n```\n| a | b |\n|---|---|\n| `x \\| y` | z |\n\n- one\n  more\n- two\n';
    expect(readMarkdown(text)).toEqual([
      { kind: 'heading', level: 1, id: 'head', line: [{ kind: 'text', text: 'Head' }] },
      { kind: 'paragraph', line: [{ kind: 'text', text: 'Two lines.' }] },
      { kind: 'code', text: '<b>\n\n| a |' },
      {
        kind: 'table',
        head: [[{ kind: 'text', text: 'a' }], [{ kind: 'text', text: 'b' }]],
        rows: [[[{ kind: 'code', text: 'x | y' }], [{ kind: 'text', text: 'z' }]]],
      },
      {
        kind: 'list',
        ordered: false,
        items: [[{ kind: 'text', text: 'one more' }], [{ kind: 'text', text: 'two' }]],
      },
    ]);
  });

  it('knows code, links, strong and emphasised words in a line, and leaves signs inside of code alone', () => {
    expect(readLine('See [`a*b*`](x.md) and **do** *it* with `**kid**`.')).toEqual([
      { kind: 'text', text: 'See ' },
      { kind: 'link', href: 'x.md', inside: [{ kind: 'code', text: 'a*b*' }] },
      { kind: 'text', text: ' and ' },
      { kind: 'strong', text: 'do' },
      { kind: 'text', text: ' ' },
      { kind: 'em', text: 'it' },
      { kind: 'text', text: ' with ' },
      { kind: 'code', text: '**kid**' },
      { kind: 'text', text: '.' },
    ]);
  });

  it('leads to other guides, to headings and to the web, and nowhere else', () => {
    expect(whereTo('identity.md', 'install')).toBe('#settings/guides/identity');
    expect(whereTo('identity.md#the-tokens-claims', 'install')).toBe(
      '#settings/guides/identity/the-tokens-claims',
    );
    expect(whereTo('#calls', 'install')).toBe('#settings/guides/install/calls');
    expect(whereTo('https://vale.sh', 'bible')).toBe('https://vale.sh');
    for (const href of [
      '../SECURITY.md',
      'evaluation.md',
      'javascript:alert(1)',
      'data:text/html,x',
      '//evil.example',
    ])
      expect(whereTo(href, 'install')).toBe(null);
  });
});

describe.each(GUIDES)('the guide %s', (guide) => {
  it('is there, and every line of it is drawn as words', async () => {
    const text = await readGuide(guide);
    const { container } = render(<GuideText guide={guide} text={text} at={null} />);
    expect(container.querySelectorAll('script, style, img, iframe').length).toBe(0);
    const headings =
      text
        .split(/^```[\s\S]*?^```/m)
        .join('')
        .match(/^#+ .+$/gm) ?? [];
    expect([...container.querySelectorAll('h2, h3, h4, h5')].map((one) => one.id)).toEqual(
      headings.map((one) => `guide-${anchorOf(one.replace(/^#+ /, ''))}`),
    );
    // What is left of the signs would be Markdown that is not read.
    for (const code of container.querySelectorAll('pre, code')) code.remove();
    expect(container.textContent).not.toMatch(/```|\*\*|\]\(|^#/m);
  });

  it('names in its links headings that are there', async () => {
    const blocks = readMarkdown(await readGuide(guide));
    const ids = new Set(blocks.flatMap((block) => (block.kind === 'heading' ? [block.id] : [])));
    const { container } = render(<GuideText guide={guide} text={await readGuide(guide)} at={null} />);
    const own = [...container.querySelectorAll('a')]
      .map((link) => link.getAttribute('href') ?? '')
      .filter((href) => href.startsWith(`#settings/guides/${guide}/`));
    for (const href of own) expect(ids).toContain(href.split('/')[3]);
  });
});
