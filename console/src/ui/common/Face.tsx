import { initialsOf } from '@fullname/shared/full-name';

const TINTS = 6;

/** Initials on a tint worked out from the name. A picture of the name, so it says nothing to screen readers. */
export function Face({
  name,
  size = 'medium',
}: {
  readonly name: string;
  readonly size?: 'small' | 'medium' | 'large';
}) {
  return (
    <span class={`face face-${size} tint-${tintOf(name)}`} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}

function tintOf(name: string): number {
  let sum = 0;
  for (const char of name) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9_973;
  return sum % TINTS;
}
