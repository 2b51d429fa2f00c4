/** A remark in words: its name, and why it is made. */
import type { Remark } from '../../../reader/remarks.ts';
import { words } from '../../../strings/index.ts';

export function titleOf(remark: Remark): string {
  const t = words().reader;
  if (remark.kind === 'rule') return remark.finding.rule.title;
  if (remark.kind === 'secret') return secretWords(remark.finding).title;
  return t[remark.kind].title;
}

export function whyOf(remark: Remark): string {
  const t = words().reader;
  if (remark.kind === 'rule') return remark.finding.rule.reason;
  if (remark.kind === 'secret') return secretWords(remark.finding).why;
  if (remark.kind === 'missing') return t.missing.why(listOf(remark.missing.map((one) => t.manners[one])));
  return t[remark.kind].why;
}

type Secret = Extract<Remark, { readonly kind: 'secret' }>['finding'];

function secretWords(finding: Secret): { readonly title: string; readonly why: string } {
  const t = words().reader.secrets;
  return finding.kind === 'asks' ? t.asks[finding.what] : t.tells[finding.what];
}

function listOf(parts: readonly string[]): string {
  return new Intl.ListFormat(document.documentElement.lang || undefined, { type: 'conjunction' }).format(
    parts,
  );
}
