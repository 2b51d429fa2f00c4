/** Two digits: more would pretend to know the future. `Math.floor` and `Math.ceil` round a range outward. */
export function twoDigits(amount: number, round: (value: number) => number): number {
  if (amount < 10) return round(amount);
  const unit = 10 ** (Math.floor(Math.log10(amount)) - 1);
  return round(amount / unit) * unit;
}
