/**
 * What the product finds in real text, judged by people: `npm run eval -- NAME`. docs/evaluation.md explains each evaluation.
 */
import { runTool } from '../support/figures.ts';
import { ALIKE_FLAGS, evaluateAlike } from './eval/alike.ts';
import { BIBLE_FLAGS, evaluateBible } from './eval/bible.ts';
import { evaluateRecovery, RECOVERY_FLAGS } from './eval/recovery.ts';
import { evaluateValue, VALUE_FLAGS } from './eval/value.ts';

const EVALUATIONS = {
  alike: { flags: ALIKE_FLAGS, measure: evaluateAlike },
  bible: { flags: BIBLE_FLAGS, measure: evaluateBible },
  recovery: { flags: RECOVERY_FLAGS, measure: evaluateRecovery },
  value: { flags: VALUE_FLAGS, measure: evaluateValue },
} as const;

// The name stands before the flags; the tools' common reader of flags takes no names.
const [name] = process.argv.splice(2, 1);

if (isEvaluation(name)) {
  const { flags, measure } = EVALUATIONS[name];
  await runTool(flags, measure);
} else {
  console.error(`Name an evaluation: npm run eval -- ${Object.keys(EVALUATIONS).join(' | ')}`);
  process.exitCode = 2;
}

function isEvaluation(name: string | undefined): name is keyof typeof EVALUATIONS {
  return name !== undefined && Object.hasOwn(EVALUATIONS, name);
}
