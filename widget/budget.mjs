/** What the widget may weigh, in bytes of Brotli 11: the build says where it weighs more, `npm run size` and `npm test` fail. */
export const BUDGET = { hostPage: 2_000, composer: 12_000, connected: 20_000 };

const CHUNK = 4_000;
/** Larger for a reason: all that is drawn of a conversation, asked for with its first word; and the client of networks without WebSocket. */
const LARGER = { lazy: 7_000, 'socket-polling': 12_000 };

/** The budget of a chunk, by its name without the hash. */
export function chunkBudget(name) {
  return LARGER[name] ?? CHUNK;
}
