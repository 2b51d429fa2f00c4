import type { PersonRef } from '@fullname/shared/model';
import { Face } from './Face.tsx';

/** Somebody who can be chosen, with what is said of them beside the name. */
export type Choosable = PersonRef & {
  readonly beside: string;
  /** In view, but not to be chosen now. */
  readonly away?: boolean;
};

type ChoosePersonProps = {
  readonly label: string;
  /** Of the group: unlike that of any other in the same document. */
  readonly name: string;
  readonly people: readonly Choosable[];
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
};

/** One person by full name, all in view. */
export function ChoosePerson({ label, name, people, chosen, onChoose }: ChoosePersonProps) {
  return (
    <fieldset class="people-choice">
      <legend>{label}</legend>
      {people.map((one) => (
        <label key={one.id} class="person-option" data-away={one.away === true}>
          <input
            type="radio"
            name={name}
            checked={one.id === chosen}
            disabled={one.away === true}
            onChange={() => onChoose(one.id)}
          />
          <Face name={one.fullName} />
          <span class="person-option-name">
            <b>{one.fullName}</b>
            {one.beside && <small>{one.beside}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
