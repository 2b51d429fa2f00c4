/** What the bench and its generators say to each other. A generator loads one target. */
export type Target = {
  readonly kind: 'bare' | 'relay';
  /** ws://localhost:PORT of the relay that visitors, and of the one that agents, are connected to. */
  readonly visitorsAt: string;
  readonly agentsAt: string;
  readonly site: string;
  /** Sessions of the people who answer; agents' sockets are dealt out among them. */
  readonly cookies: readonly string[];
};

export type Shape = {
  /** Visitors' sockets, a conversation each. */
  readonly visitors: number;
  /** Agents' sockets; the conversations are dealt out among them. */
  readonly agents: number;
};

export type Order =
  /** Visitors who start their conversations, and agents who find and open them. */
  | { readonly do: 'connect'; readonly target: Target; readonly shape: Shape }
  /** The same with conversations that are in the store already (see crowd.ts), each held by its agent. */
  | { readonly do: 'join'; readonly target: Target; readonly shape: Shape }
  /** As fast as it goes: each visitor keeps `window` messages in flight. */
  | { readonly do: 'saturate'; readonly seconds: number; readonly window: number }
  /** So many messages a second, evenly, by all in turn; with `replies`, every other one is an agent's. */
  | { readonly do: 'pace'; readonly seconds: number; readonly rate: number; readonly replies?: boolean }
  /** Sockets that only stay connected. Visitors are those of the crowd from this number on, or strangers. */
  | {
      readonly do: 'idle';
      readonly target: Target;
      readonly who: 'stranger' | 'visitor' | 'agent';
      readonly from: number;
      readonly count: number;
    }
  /** Closes what `idle` opened. */
  | { readonly do: 'part' }
  /** Visitors of the crowd who come back by themselves, as the widget does. */
  | { readonly do: 'gather'; readonly target: Target; readonly count: number; readonly backoff: string }
  /** Resolves when every visitor of `gather` has been away and has caught up again with `publicSeq`. */
  | { readonly do: 'await-return'; readonly publicSeq: number };

/** What a generator answers: nothing, or one of these. */
export type Outcome = {
  readonly acked: number;
  readonly refused: number;
  /** Messages that reached the other end's sockets. */
  readonly delivered: number;
  readonly seconds: number;
  /** Milliseconds from send to acknowledgement. */
  readonly p50: number;
  readonly p99: number;
  /** Milliseconds from send to the other end's socket. */
  readonly delivery: { readonly p50: number; readonly p99: number };
};
export type Arrivals = { readonly arrived: number; readonly seconds: number };
export type Return = {
  /** For each visitor, the wall clock's milliseconds at which they had caught up. */
  readonly at: readonly number[];
  /** Handshakes that the relay itself refused, with its code; a closed port is none. */
  readonly refusals: Readonly<Record<string, number>>;
  /** Tries, by all visitors together. */
  readonly tries: number;
};

export type Answer<Kind extends Order['do']> = Kind extends 'saturate' | 'pace'
  ? Outcome
  : Kind extends 'idle'
    ? Arrivals
    : Kind extends 'await-return'
      ? Return
      : null;
