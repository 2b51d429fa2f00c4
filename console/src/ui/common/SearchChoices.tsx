import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { moveChoice } from './choosing.ts';
import { Icon } from './Icon.tsx';

type SearchChoicesProps<One> = {
  /** What ids and classes begin with. */
  readonly name: string;
  readonly label: string;
  readonly listLabel: string;
  readonly nothing: ComponentChildren;
  readonly find: (query: string) => readonly One[];
  readonly onPick: (one: One) => void;
  readonly onEscape?: () => void;
  /** One of those that were found. */
  readonly children: (one: One) => ComponentChildren;
};

/** A field, and below it what it finds: arrow keys choose, Enter takes, the focus stays in the field. */
export function SearchChoices<One extends { readonly id: string }>({
  name,
  label,
  listLabel,
  nothing,
  find,
  onPick,
  onEscape,
  children,
}: SearchChoicesProps<One>) {
  const input = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState(0);
  useEffect(() => input.current?.focus(), []);
  const found = find(query);
  const marked = found[chosen];

  function keyDown(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === 'Enter') {
      if (marked) onPick(marked);
    } else if (event.key === 'Escape' && onEscape) onEscape();
    else if (!moveChoice(event, { chosen, count: found.length, choose: setChosen })) return;
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <>
      <div class="search">
        <Icon name="search" />
        <input
          ref={input}
          type="text"
          role="combobox"
          value={query}
          placeholder={label}
          aria-label={label}
          aria-expanded="true"
          aria-controls={`${name}-choices`}
          aria-autocomplete="list"
          {...(marked ? { 'aria-activedescendant': `${name}-${marked.id}` } : {})}
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            setChosen(0);
          }}
          onKeyDown={keyDown}
        />
      </div>
      <div id={`${name}-choices`} class={`${name}-choices`} role="listbox" aria-label={listLabel}>
        {found.map((one, index) => (
          <button
            type="button"
            key={one.id}
            id={`${name}-${one.id}`}
            class={`${name}-choice`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            ref={(element) => {
              if (index === chosen) element?.scrollIntoView({ block: 'nearest' });
            }}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onPick(one)}
          >
            {children(one)}
          </button>
        ))}
      </div>
      {found.length === 0 && nothing}
    </>
  );
}
