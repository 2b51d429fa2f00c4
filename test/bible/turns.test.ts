/** Long work on the book must not keep everybody's messages waiting: others have their turn while it lasts. */
import { setImmediate as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ruleFields } from '../../server/src/bible/exchange/export.ts';
import { fromVale } from '../../server/src/bible/exchange/vale.ts';
import { fromYaml, toYaml } from '../../server/src/bible/exchange/yaml.ts';
import { failingExamples, RULE_MAX } from '../../server/src/bible/rules.ts';
import { rule } from './people.ts';

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

test('while a rule at every bound, made to be slow, is tried', async () => {
  const text = `${'x y '.repeat(120)}end`;
  const slow = rule({
    finds: Array.from({ length: RULE_MAX.patterns }, (_, at) => `(x|z${at})`),
    except: Array.from({ length: RULE_MAX.patterns }, (_, at) => `y …* none${at}`),
    mustFire: Array.from({ length: RULE_MAX.examples }, (_, at) => ({ text: `${text} ${at}` })),
    mustNotFire: Array.from({ length: RULE_MAX.examples }, () => ({ text })),
  });
  expect(await turnsDuring(failingExamples(slow))).toBeGreaterThan(10);
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
