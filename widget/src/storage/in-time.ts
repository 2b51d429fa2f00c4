/** Browsers have had stores that hang. Whoever waits for one hears after a while that it does not answer: a rejection without a reason. */
export function inTime<Value>(work: Promise<Value>): Promise<Value>;
export function inTime<Value>(work: Promise<Value> | undefined): Promise<Value | undefined>;
export function inTime<Value>(work: Promise<Value> | undefined): Promise<Value | undefined> {
  return Promise.race([work, new Promise<never>((_, reject) => setTimeout(reject, 5_000))]);
}
