/** `npm run check -- FILE …`: reads histories, one event a line, and names every guarantee that they break. */
import { checkHistory, describeViolation } from '../checker/check.ts';
import { type History, readHistory } from '../checker/history.ts';

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('Name a history: npm run check -- FILE. `npm run faults` says where it writes them.');
  process.exit(2);
}
for (const file of files) {
  const history = readOrEnd(file);
  const violations = checkHistory(history);
  for (const violation of violations) console.log(describeViolation(violation));
  console.log(`${file}: ${history.length} events, ${violations.length} violations`);
  if (violations.length > 0) process.exitCode = 1;
}

function readOrEnd(file: string): History {
  try {
    return readHistory(file);
  } catch (error) {
    console.error(`${file} is no history: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(2);
  }
}
