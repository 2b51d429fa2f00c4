/**
 * Copies one message: a button beside the one that is pointed at or touched, or, by keyboard, beside the last one and from there by the
 * arrow keys. One button for all of them: a list of fifty is no fifty stops on the way to the composer.
 */
import type { More } from '../more-words.ts';
import css from './copies.css?inline';

export type Copies = { speak(more: More): void; end(): void };

const SQUARES = 'M7.5 7.5h8v8h-8zM4.5 12.5v-8h8';
const TICK = 'M4 10.5l4 4 8-9';
/** Room beside a bubble, in CSS pixels. */
const GAP = 4;
const TICK_MS = 2_000;
const NAMED_BY = 60;

/** `place` is an empty element in the scrolling list, for the button. */
export function offerCopies(scroller: HTMLElement, place: HTMLElement, words: More): Copies {
  let more = words;
  let bubble: Element | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const sheet = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('aria-hidden', 'true');
  svg.append(path);
  const button = document.createElement('button');
  button.type = 'button';
  button.append(svg);
  const status = document.createElement('p');
  status.className = 'unseen';
  status.role = 'status';
  place.append(button, status);

  /** Of files there is nothing to copy. */
  const bubbles = (): Element[] =>
    [...scroller.querySelectorAll('[role=log] .bubble')].filter((one) => !one.querySelector('.file'));

  const draw = (): void => {
    if (!bubble?.isConnected) bubble = bubbles().at(-1) ?? null;
    button.hidden = !bubble;
    if (!bubble) return;
    const [box, all] = [bubble.getBoundingClientRect(), scroller.getBoundingClientRect()];
    const size = button.offsetWidth;
    // Read from right to left, the bar that scrolls is on the left.
    const edge = all.left + scroller.clientLeft;
    const before = box.left - edge;
    const after = edge + scroller.clientWidth - box.right;
    const wanted = after >= before ? box.right - edge + GAP : before - size - GAP;
    const top = box.top - all.top + scroller.scrollTop;
    // Kept within the list by the style: a list that has become narrower is drawn before this is told.
    const left = `clamp(${GAP}px, ${wanted}px, 100% - ${size + GAP}px)`;
    sheet.replaceSync(`${css}.copies button{left:${left};top:${top}px}`);
    const named = textOf(bubble).slice(0, NAMED_BY);
    button.title = more.copy;
    button.ariaLabel = more.copyThis.replace('{0}', () => named);
  };

  const show = (isCopied: boolean): void => {
    clearTimeout(timer);
    path.setAttribute('d', isCopied ? TICK : SQUARES);
    if (isCopied) timer = setTimeout(show, TICK_MS, false);
  };

  const choose = (next: Element | null | undefined): void => {
    if (!next) return;
    if (next !== bubble) show(false);
    bubble = next;
    place.classList.add('shown');
    draw();
  };

  const bubbleOf = ({ target }: Event): Element | undefined => {
    const found = (target as Element).closest?.('.bubble');
    return bubbles().find((one) => one === found);
  };
  // A finger that scrolls passes over many.
  const onOver = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse') choose(bubbleOf(event));
  };
  const onTap = (event: Event): void => choose(bubbleOf(event));
  const onLeave = (): void => {
    if (document.activeElement !== button) place.classList.remove('shown');
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = bubbles();
    const next = all[Math.max(0, Math.min(all.length - 1, all.indexOf(bubble as Element) + step))];
    choose(next);
    next?.scrollIntoView({ block: 'nearest' });
  };
  button.onkeydown = onKey;
  button.onfocus = () => choose(bubble?.isConnected ? bubble : bubbles().at(-1));
  button.onblur = onLeave;
  button.onclick = () => {
    if (!bubble) return;
    const isCopied = copy(bubble, textOf(bubble));
    show(isCopied);
    // The same words once more are news to nobody, unless they were gone in between.
    status.textContent = '';
    requestAnimationFrame(() => {
      status.textContent = isCopied ? more.copied : more.copyFailed;
    });
  };
  scroller.addEventListener('pointerover', onOver);
  scroller.addEventListener('click', onTap);
  scroller.addEventListener('pointerleave', onLeave);
  const resized = new ResizeObserver(draw);
  for (const one of [scroller, ...scroller.querySelectorAll('[role=log]')]) resized.observe(one);
  sheet.replaceSync(css);
  show(false);
  draw();

  return {
    speak(next) {
      more = next;
      draw();
    },
    end() {
      clearTimeout(timer);
      resized.disconnect();
      scroller.removeEventListener('pointerover', onOver);
      scroller.removeEventListener('click', onTap);
      scroller.removeEventListener('pointerleave', onLeave);
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
      place.replaceChildren();
    },
  };
}

/** The words alone, without who says them. */
function textOf(bubble: Element): string {
  return [...bubble.childNodes]
    .filter((node) => !(node instanceof Element && node.classList.contains('unseen')))
    .map((node) => node.textContent)
    .join('');
}

/** `navigator.clipboard` asks for the host page's leave, which no page gives of itself; the old command does not. Some browsers obey it only where something is selected. */
function copy(bubble: Element, text: string): boolean {
  const selection = getSelection();
  const before = selection?.rangeCount ? selection.getRangeAt(0) : null;
  const give = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text);
    event.preventDefault();
  };
  selection?.selectAllChildren(bubble);
  document.addEventListener('copy', give);
  const isCopied = document.execCommand('copy');
  document.removeEventListener('copy', give);
  selection?.removeAllRanges();
  if (before) selection?.addRange(before);
  return isCopied;
}
