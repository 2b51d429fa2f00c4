import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import LongestFirst from './test/support/longest-first.ts';
import { findTools } from './test/tools/find-tools.mjs';

// Tests read these names; `npm test` sets them too, and a single test run by hand finds the same programs.
for (const tool of findTools()) {
  if (tool.path !== undefined) process.env[tool.variable] ??= tool.path;
}

const shared = fileURLToPath(new URL('./shared/src', import.meta.url));

/** Tests read `shared` from its sources, so that they need no build before them. */
const common = {
  resolve: { alias: [{ find: /^@fullname\/shared\/(.+)$/, replacement: `${shared}/$1.ts` }] },
  oxc: { jsx: { runtime: 'automatic' as const, importSource: 'preact' } },
};

/** No test is about speed: a machine that does something else meanwhile must not fail one. Projects do not take it from the root. */
const patient = { testTimeout: 120_000, expect: { poll: { timeout: 30_000 } } };

const inPage = {
  environment: 'happy-dom',
  setupFiles: ['./test/support/patient.ts', './test/support/patient-dom.ts'],
  ...patient,
};

/** Files of one worker share its modules and its PostgreSQL: loading and starting them for each took longer than the tests. */
const together = { isolate: false, setupFiles: './test/support/after-file.ts' };

/** In CI: what failed only because a wait ran out is tried once more, and named in the end. */
const secondTry = { runner: './test/support/second-try.ts' };

export default defineConfig({
  test: {
    // On two cores the default is one worker; these tests mostly wait for a relay, a database or a mail server: 28 files of them took
    // 181 s in two, and 141 s in three.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    globalSetup: './test/support/after-all.ts',
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        ...common,
        test: {
          name: 'unit',
          include: ['shared/src/**/*.test.ts', 'server/src/**/*.test.ts'],
          isolate: false,
          setupFiles: './test/support/patient.ts',
          ...patient,
        },
      },
      {
        ...common,
        test: {
          name: 'unit-widget',
          // Each file is a page of its own: what the page says is read once, where the chat's modules are loaded.
          include: ['widget/src/**/*.test.{ts,tsx}', 'widget/npm/src/*.test.ts'],
          ...inPage,
        },
      },
      {
        ...common,
        test: {
          name: 'unit-console',
          include: ['console/src/**/*.test.{ts,tsx}'],
          isolate: false,
          ...inPage,
        },
      },
      {
        ...common,
        test: {
          name: 'integration',
          include: ['test/**/*.test.ts'],
          exclude: ['test/out/**', '**/node_modules/**'],
          ...together,
          ...patient,
          ...secondTry,
          hookTimeout: 120_000,
        },
      },
      {
        ...common,
        test: {
          name: 'browser',
          include: ['test/browser/**/*.spec.ts'],
          ...(process.env.FULLNAME_CHROMIUM ? secondTry : { runner: './test/support/skip-all.ts' }),
          ...together,
          // After all the others, which use both cores. A browser, its relay and its database keep two cores busy: a second one made the whole no shorter.
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          ...patient,
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
