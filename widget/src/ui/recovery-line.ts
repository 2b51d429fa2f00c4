/** Promises, offers and a new ally as one sentence: with elements where it is drawn, with plain words in the transcript. */
import type { PersonRef, PublicEntry } from '@fullname/shared/model';
import type { Said } from '../recovery-words.ts';
import { fill } from '../strings.ts';

export type Draw<Part> = {
  name(person: PersonRef): Part;
  words(text: string): Part;
  time(iso: string): Part;
};

/** Null for entries of other kinds. */
export function lineOf<Part>(entry: PublicEntry, said: Said, draw: Draw<Part>): (string | Part)[] | null {
  switch (entry.kind) {
    case 'promise-made':
    case 'promise-moved':
    case 'promise-kept':
    case 'promise-slipping': {
      // The sentence goes on after it.
      const text = entry.text.trim().replace(/[.。]$/, '');
      return fill(said[entry.kind], draw.name(entry.person), draw.words(text), draw.time(entry.due));
    }
    case 'ally-changed':
      return fill(said[entry.kind], draw.name(entry.to), draw.name(entry.from));
    case 'extras-offered': {
      const options = draw.words(entry.options.join(' · '));
      return fill(said[entry.kind], draw.name(entry.person), draw.words(entry.text), options);
    }
    default:
      return null;
  }
}
