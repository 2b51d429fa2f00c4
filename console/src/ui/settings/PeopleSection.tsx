import type { Member } from '@fullname/shared/api';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { words } from '../../strings/index.ts';
import { Face } from '../common/Face.tsx';
import { useLoaded } from '../common/load.ts';
import type { MadeLink } from './member-acts.ts';
import { InviteForm, LinkDialog, PersonForm } from './PersonForms.tsx';
import { Troubled } from './Troubled.tsx';

type Doing = { readonly act: 'invite' } | { readonly act: 'edit'; readonly member: Member } | null;

/** Everybody at this desk, by full name. */
export function PeopleSection() {
  const t = words().settings;
  const people = useLoaded(api.people);
  const [doing, setDoing] = useState<Doing>(null);
  const [link, setLink] = useState<MadeLink | null>(null);
  const done = (made: MadeLink | null) => {
    setDoing(null);
    setLink(made);
    people.reload();
  };
  return (
    <section class="page-body" aria-label={t.people}>
      <div class="page-lead">
        <p>{t.peopleLead}</p>
        <button type="button" class="button button-primary" onClick={() => setDoing({ act: 'invite' })}>
          {t.invite}
        </button>
      </div>
      <Troubled loaded={people} />
      <ul class="people">
        {people.value?.map((member) => (
          <PersonRow
            key={member.id}
            member={member}
            all={people.value ?? []}
            onEdit={() => setDoing({ act: 'edit', member })}
          />
        ))}
      </ul>
      {doing?.act === 'invite' && <InviteForm onClose={() => setDoing(null)} onDone={done} />}
      {doing?.act === 'edit' && (
        <PersonForm
          member={doing.member}
          all={people.value ?? []}
          onClose={() => setDoing(null)}
          onDone={done}
        />
      )}
      {link && <LinkDialog made={link} onClose={() => setLink(null)} />}
    </section>
  );
}

type PersonRowProps = {
  readonly member: Member;
  readonly all: readonly Member[];
  readonly onEdit: () => void;
};

function PersonRow({ member, all, onEdit }: PersonRowProps) {
  const { person } = useDesk();
  const t = words();
  const approver = all.find((one) => one.id === member.nameApprovedBy)?.fullName;
  const facts = [
    t.settings.roles[member.role],
    member.title,
    member.email,
    member.nameKind === 'professional' &&
      (approver ? t.settings.professionalBy(approver) : t.settings.professionalMark),
  ].filter(Boolean);
  const state = !member.active ? t.settings.inactive : !member.joined ? t.settings.invited : null;
  return (
    <li class="person" data-active={member.active}>
      <Face name={member.fullName} size="large" />
      <div class="person-words">
        <p class="person-name">
          {member.fullName}
          {member.id === person.id && <span class="mark">{t.settings.you}</span>}
          {state && <span class="mark">{state}</span>}
          {member.demo && <span class="mark">{t.demo.mark}</span>}
        </p>
        <p class="person-facts">{facts.join(' · ')}</p>
      </div>
      <button
        type="button"
        class="button"
        aria-label={t.settings.editPerson(member.fullName)}
        onClick={onEdit}
      >
        {t.common.edit}
      </button>
    </li>
  );
}
