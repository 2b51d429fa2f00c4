import type { Colleague } from '@fullname/shared/events';
import { useId } from 'preact/hooks';
import { useDesk } from '../../context.ts';
import { presenceOf } from '../../presence-words.ts';
import { words } from '../../strings/index.ts';
import { ChoosePerson } from '../common/ChoosePerson.tsx';

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
    <ChoosePerson
      label={t.whom}
      name={name}
      people={people.map((one) => ({
        ...one,
        beside: [one.title, presenceOf(one)].filter(Boolean).join(' · '),
      }))}
      chosen={chosen}
      onChoose={(id) => {
        const colleague = people.find((one) => one.id === id);
        if (colleague) onChoose(colleague);
      }}
    />
  );
}
