import type { ComponentChildren } from 'preact';
import { siteWords } from '../../strings/site.ts';
import type { PartName } from './parts.ts';

type PartProps = { readonly name: PartName; readonly lead: string; readonly children: ComponentChildren };

/** One part of the setup, which the list of parts leads to. */
export function Part({ name, lead, children }: PartProps) {
  return (
    <section class="card part" aria-labelledby={`part-${name}`}>
      <header>
        <h2 id={`part-${name}`} tabIndex={-1}>
          {siteWords().part[name]}
        </h2>
        <p class="field-hint">{lead}</p>
      </header>
      {children}
    </section>
  );
}
