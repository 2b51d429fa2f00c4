import { initialsOf, tintOf } from '@fullname/shared/full-name';

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
