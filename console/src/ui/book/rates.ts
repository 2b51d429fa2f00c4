/** From which count on a rate is shown. The relay uses the same for a rule's precision. */
export const ENOUGH = 10;

/** Where a rate lies 95 times in 100, by Wilson's score; shares between 0 and 1. */
export function interval(hits: number, of: number): { readonly from: number; readonly to: number } {
  if (of === 0) return { from: 0, to: 1 };
  const z = 1.96;
  const share = hits / of;
  const middle = share + (z * z) / (2 * of);
  const spread = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of));
  const scale = 1 + (z * z) / of;
  return { from: Math.max(0, (middle - spread) / scale), to: Math.min(1, (middle + spread) / scale) };
}
