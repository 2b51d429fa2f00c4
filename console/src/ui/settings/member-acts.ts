import type { Member, MemberChange } from '@fullname/shared/api';
import type { ErrorCode } from '@fullname/shared/errors';
import type { Leaving as Hanging } from '@fullname/shared/recovery';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { words } from '../../strings/index.ts';
import { say, sayProblem } from '../../toast.ts';
import { hangs } from './Leaving.tsx';

export type MadeLink = { readonly name: string; readonly link: string };
/** The change that takes the right to answer away, and what hangs on the person. */
type Stepping = { readonly change: MemberChange; readonly hanging: Hanging };

/** What an owner does to somebody who is a member: changes them, sends them away and takes them back, makes them a new link. */
export function useMemberActs(member: Member, onDone: (made: MadeLink | null) => void) {
  const t = words();
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [leaving, setLeaving] = useState<Stepping | null>(null);

  async function save(change: MemberChange) {
    const answer = await api.changeMember(member.id, change);
    if (!answer.ok) return setProblem(answer.code);
    say(t.common.saved);
    onDone(null);
  }

  async function activate() {
    const answer = await api.changeMember(member.id, { active: true });
    if (!answer.ok) return setProblem(answer.code);
    say(t.settings.activated(member.fullName), () => {
      void api.changeMember(member.id, { active: false }).then((undone) => {
        if (!undone.ok) sayProblem(undone.code);
        onDone(null);
      });
    });
    onDone(null);
  }

  /** Where anything hangs on them somebody takes over first; what came up in between is looked at again. */
  async function stepBack(change: MemberChange) {
    const looked = await api.leaving(member.id);
    if (!looked.ok) return setProblem(looked.code);
    if (hangs(looked.value)) return setLeaving({ change, hanging: looked.value });
    const answer = await api.changeMember(member.id, change);
    if (answer.ok) return stepped(change, null);
    const again = answer.code === 'SUCCESSOR' ? await api.leaving(member.id) : null;
    if (again?.ok) setLeaving({ change, hanging: again.value });
    else setProblem(answer.code);
  }

  async function leave({ change }: Stepping, successor: Member) {
    const answer = await api.changeMember(member.id, { ...change, successor: successor.id });
    if (!answer.ok) return setProblem(answer.code);
    stepped(change, successor);
  }

  /** What was handed over does not come back by activating them again: then there is nothing to undo. */
  function stepped(change: MemberChange, successor: Member | null) {
    const undo = () => void api.changeMember(member.id, { active: true }).then(() => onDone(null));
    if (successor) say(t.company.leaving.done(member.fullName, successor.fullName));
    else if (change.active === false) say(t.settings.deactivated(member.fullName), undo);
    else say(t.common.saved);
    onDone(null);
  }

  async function reset() {
    const answer = await api.resetMember(member.id);
    if (answer.ok) onDone({ name: member.fullName, link: answer.value.link });
    else setProblem(answer.code);
  }

  function stay() {
    setProblem(null);
    setLeaving(null);
  }

  return { problem, setProblem, leaving, save, activate, stepBack, leave, stay, reset };
}
