/** Long work on the book must not keep everybody's messages waiting: others have their turn while it lasts. */
import { setImmediate as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { ruleFields } from '../../server/src/bible/exchange/export.ts';
import { fromVale } from '../../server/src/bible/exchange/vale.ts';
import { fromYaml, toYaml } from '../../server/src/bible/exchange/yaml.ts';
import { failingExamples, RULE_MAX } from '../../server/src/bible/rules.ts';
import { openRelay } from '../support/relay.ts';
import { addingRule, ownerOf, rule } from './people.ts';

/** How often others had their turn until the work was done. */
async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let isDone = false;
  let turns = 0;
  void work.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await pause();
    turns += 1;
  }
  await work;
  return turns;
}

test('while a rule that was made to be slow is tried', async () => {
  const text = `${'x y '.repeat(120)}end`;
  const slow = rule({
    finds: Array.from({ length: RULE_MAX.patterns }, (_, at) => `(x|z${at})`),
    except: Array.from({ length: RULE_MAX.patterns }, (_, at) => `y …* none${at}`),
    mustFire: Array.from({ length: 10 }, (_, at) => ({ text: `${text} ${at}` })),
  });
  expect(await turnsDuring(failingExamples(slow))).toBeGreaterThan(5);
});

test('while a whole book is read from YAML', async () => {
  const text = toYaml(
    'rules',
    Array.from({ length: 1_000 }, () => ruleFields(rule())),
  );
  expect(await turnsDuring(fromYaml('rules', text))).toBeGreaterThan(3);
});

test('while a long rule of Vale is read', async () => {
  const tokens = Array.from({ length: 500 }, (_, at) => `  - word${at} (?:is|are) not`).join('\n');
  const read = fromVale(`extends: existence\nmessage: No.\ntokens:\n${tokens}`, 'en');
  expect(await turnsDuring(read)).toBeGreaterThan(3);
});

test('examples are tried before the book is held: who has it is not waited for to tell that they fail', async () => {
  const relay = await openRelay();
  onTestFinished(() => relay.close());
  const { pool } = relay.database;
  const owner = ownerOf(relay);
  const { id } = await owner.propose(addingRule(rule()));
  await pool.query(
    `update book_changes set body = jsonb_set(body, '{finds}', '["something else"]') where id = $1`,
    [id],
  );
  const holder = await pool.connect();
  try {
    await holder.query(`select pg_advisory_lock(x'626f6f6b'::bigint)`);
    const answer = await owner.ask(`POST /api/book/changes/${id}/decision`, { decision: 'accept' });
    expect(answer).toEqual({ ok: false, code: 'EXAMPLES_FAIL' });
  } finally {
    holder.release(true);
  }
});
