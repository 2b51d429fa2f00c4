import type { Colleague } from '@fullname/shared/events';
import { useId } from 'preact/hooks';
import { useDesk } from '../../context.ts';
import { timeOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import { Face } from '../common/Face.tsx';

type ColleagueChoiceProps = {
  readonly chosen: string | null;
  readonly onChoose: (colleague: Colleague) => void;
};

/** Those whose word counts: agents and owners, whoever is here first. Somebody who is away finds it later. */
export function ColleagueChoice({ chosen, onChoose }: ColleagueChoiceProps) {
  const t = words().giving.gift;
  const { inbox, person } = useDesk();
  const name = useId();
  const people = inbox.colleagues.value
    .filter((one) => one.id !== person.id && one.role !== 'back-office')
    .sort((a, b) => Number(b.here) - Number(a.here) || a.fullName.localeCompare(b.fullName));
  if (people.length === 0) return <p>{t.alone}</p>;
  return (
    <fieldset class="people-choice">
      <legend>{t.whom}</legend>
      {people.map((one) => (
        <label key={one.id} class="person-option">
          <input type="radio" name={name} checked={one.id === chosen} onChange={() => onChoose(one)} />
          <Face name={one.fullName} />
          <span class="person-option-name">
            <b>{one.fullName}</b>
            <small>{[one.title, presenceOf(one)].filter(Boolean).join(' · ')}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function presenceOf({ here, backAt }: Colleague): string {
  const t = words().presence;
  if (here) return t.here;
  return backAt ? t.backAt(timeOf(backAt)) : t.away;
}
