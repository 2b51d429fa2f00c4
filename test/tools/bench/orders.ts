/** What the bench and its generator say to each other. */
export type Target =
  | { readonly name: 'bare'; readonly url: string }
  | {
      readonly name: 'durable';
      readonly url: string;
      readonly site: string;
      readonly cookies: readonly string[];
    };

export type Shape = {
  /** Visitors' sockets, a conversation each. */
  readonly visitors: number;
  /** Agents' sockets; the conversations are dealt out among them. */
  readonly agents: number;
};

export type Order =
  | { readonly do: 'connect'; readonly target: Target; readonly shape: Shape }
  /** As fast as it goes: each visitor keeps `window` messages in flight. */
  | {
      readonly do: 'saturate';
      readonly target: Target['name'];
      readonly seconds: number;
      readonly window: number;
    }
  /** So many messages a second, evenly, by the visitors in turn. */
  | { readonly do: 'pace'; readonly target: Target['name']; readonly seconds: number; readonly rate: number };

export type Outcome = {
  readonly acked: number;
  readonly refused: number;
  /** Messages that reached the agents' sockets. */
  readonly delivered: number;
  readonly seconds: number;
  /** Milliseconds from send to acknowledgement. */
  readonly p50: number;
  readonly p99: number;
};
