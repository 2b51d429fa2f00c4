/**
 * The relay without its group commit: loaded before its own code, it puts in the place of `group-commit.js` one that writes
 * each message in a transaction of its own, by the same statement, over the same ten connections. All else is the product.
 */
import { register } from 'node:module';

const writer = `
  import { appendPrepared } from './../store/log.js';
  import { RelayError } from './../relay-error.js';
  export function createGroupCommit(pool) {
    return {
      append: async (row) => {
        try {
          const [answer] = await appendPrepared(pool, [row]);
          return answer;
        } catch {
          throw new RelayError('UNAVAILABLE');
        }
      },
      idle: async () => undefined,
      waiting: () => 0,
    };
  }`;
const hooks = `
  export async function load(url, context, next) {
    if (!url.endsWith('/desk/group-commit.js')) return next(url, context);
    return { format: 'module', shortCircuit: true, source: ${JSON.stringify(writer)} };
  }`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
