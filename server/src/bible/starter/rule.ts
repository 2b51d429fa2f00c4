/** How the starter book writes its rules: only what differs from the usual. */
import type { Locale } from '@fullname/shared/locale';
import { PLAIN_RULE, type RuleBody } from '@fullname/shared/reader/rule';

/** `key`: short, kebab-case, the same in all languages where the rule is the same thought. */
export type StarterRule = { readonly key: string } & Pick<
  RuleBody,
  'topic' | 'title' | 'finds' | 'reason' | 'level' | 'mustFire' | 'mustNotFire'
> &
  Partial<Omit<RuleBody, 'locale'>>;

export function bodyOf({ key: _key, ...rule }: StarterRule, locale: Locale): RuleBody {
  return { ...PLAIN_RULE, ...rule, locale };
}
