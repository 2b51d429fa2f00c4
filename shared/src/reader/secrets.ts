/**
 * Secrets must not leave: a draft that asks the customer for a password, a whole card number or a one-time code, or that gives out
 * another person's data. Quotes are read as well, since a secret in quotes is a secret.
 */
import { cardsIn } from './cards.ts';
import { type Folded, fold } from './fold.ts';
import type { DraftState, SecretFinding } from './reading.ts';
import { type Asked, askedIn } from './secrets-asked.ts';
import { type Told, toldIn } from './secrets-told.ts';
import { sentencesOf } from './sentences.ts';
import { ownOf } from './words/own.ts';

/** In the order of the draft, without overlap. */
export function secretsIn(draft: string, state: DraftState): readonly SecretFinding[] {
  const own = ownOf(draft);
  // Most drafts quote nobody: they are ready already.
  const folded = own.raw === draft ? own.folded : fold(draft);
  const sentences = own.raw === draft ? own.sentences : sentencesOf(folded.text);
  const asked = sentences.flatMap((sentence) =>
    askedIn(sentence).map((found) => asFinding(folded, sentence.from, found)),
  );
  const told = toldIn(folded.text, sentences, state).map((found) => asFinding(folded, 0, found));
  const cards = cardsIn(draft).map((span): SecretFinding => ({ kind: 'tells', what: 'card', ...span }));
  return apart([...cards, ...asked, ...told]);
}

function asFinding(folded: Folded, offset: number, { from, to, ...found }: Asked | Told): SecretFinding {
  return { ...found, from: folded.from[offset + from] ?? 0, to: folded.to[offset + to - 1] ?? 0 };
}

/** Of two that overlap, the one that came first in the list. */
function apart(findings: readonly SecretFinding[]): readonly SecretFinding[] {
  const kept: SecretFinding[] = [];
  for (const finding of findings)
    if (kept.every((other) => other.to <= finding.from || other.from >= finding.to)) kept.push(finding);
  return kept.sort((a, b) => a.from - b.from);
}
