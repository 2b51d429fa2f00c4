/** What the frame asks of the broker in the host page, and what comes back, over a port that only these two hold. */
export const BROKER_OPERATIONS = ['get', 'list', 'write', 'getOrCreate'] as const;
export type BrokerOperation = (typeof BROKER_OPERATIONS)[number];

export type BrokerRequest = {
  readonly id: number;
  readonly operation: BrokerOperation;
  readonly args: readonly unknown[];
};
/** `open`: whether the host page can store at all; the first word on the port. */
export type BrokerAnswer =
  | { readonly open: boolean }
  | { readonly changed: true }
  | { readonly id: number; readonly ok: boolean; readonly value: unknown };
