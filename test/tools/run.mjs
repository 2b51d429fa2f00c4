/**
 * `npm run size | bench | profile | faults | screenshots | walk`: prepares the project, compiles the tools, runs the one named.
 * Plain JavaScript with Node's own modules only, since it runs before anything is built.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findTools } from './find-tools.mjs';

const folder = dirname(fileURLToPath(import.meta.url));
const root = join(folder, '../..');
const [name, ...flags] = process.argv.slice(2);

if (!name || !existsSync(join(folder, `${name}.ts`))) {
  console.error(
    `Name one of the tools in test/tools, such as: node test/tools/run.mjs size --json size.json`,
  );
  process.exit(2);
}
// Ctrl-C reaches the whole group: each child ends by itself and cleans up; this process only passes its code on.
process.on('SIGINT', () => undefined);
// The programs that some tools need, found as `npm test` finds them.
for (const tool of findTools()) if (tool.path !== undefined) process.env[tool.variable] ??= tool.path;
await run(['server/prepare.mjs']);
await run([compiler(), '-p', 'test/tools/tsconfig.json']);
await run([`test/out/tools/${name}.js`, ...flags]);

async function run(args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  const passOn = () => child.kill('SIGTERM');
  process.on('SIGTERM', passOn);
  const code = await new Promise((resolve) =>
    child.once('exit', (code, signal) => resolve(code ?? (signal ? 1 : 0))),
  );
  process.off('SIGTERM', passOn);
  if (code !== 0) process.exit(code);
}

function compiler() {
  return join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
}
