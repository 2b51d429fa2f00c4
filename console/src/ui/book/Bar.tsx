/** Ink and one green; `soft` and `line` are their quieter kin. */
export type Tone = 'green' | 'soft' | 'ink' | 'grey' | 'line';
/** `label` says what is counted. */
export type Part = { readonly value: number; readonly label: string; readonly tone: Tone };

type BarProps = {
  readonly parts: readonly Part[];
  /** What a full bar stands for; the sum of the parts when it is left out. */
  readonly of?: number;
};

const GAP = 0.4;

/** Shares of a whole, side by side. Its name says the numbers. */
export function Bar({ parts, of }: BarProps) {
  const sum = parts.reduce((before, part) => before + part.value, 0);
  const whole = Math.max(of ?? sum, 1);
  const counted = parts.filter((part) => part.value > 0);
  // Nothing at all is said as well: a picture has a name.
  const spoken = (counted.length > 0 ? counted : parts)
    .map((part) => `${part.value} ${part.label}`)
    .join(', ');
  let at = 0;
  return (
    <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" role="img" aria-label={spoken}>
      <rect class="bar-ground" x="0" y="0" width="100" height="6" />
      {parts.map((part) => {
        const width = (100 * part.value) / whole;
        const x = at;
        at += width;
        if (width === 0) return null;
        return (
          <rect
            key={part.tone}
            class={`bar-${part.tone}`}
            x={x}
            y="0"
            width={Math.max(width - (at < 99.9 ? GAP : 0), 0.6)}
            height="6"
          />
        );
      })}
    </svg>
  );
}

/** The numbers of a bar in words, each with its colour; zeros are left out. */
export function Legend({ parts }: { readonly parts: readonly Part[] }) {
  return (
    <p class="legend">
      {parts
        .filter((part) => part.value > 0)
        .map((part) => (
          <span key={part.tone}>
            <span class={`swatch swatch-${part.tone}`} aria-hidden="true" />
            <b>{part.value}</b> {part.label}
          </span>
        ))}
    </p>
  );
}
