/** How the tools read what was written behind their names: a wrong word is answered with one line, not with a stack. */
import { parseArgs } from 'node:util';

/** Its message is all that whoever called a tool wrongly need see. */
export class UsageError extends Error {}

type Options = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>;
type CommandLine = {
  readonly values: Readonly<Record<string, string | boolean | undefined>>;
  readonly names: readonly string[];
};

/** Flags and, where the tool takes any, names. Throws `UsageError`, which says which flags there are. */
export function readCommandLine(
  args: readonly string[],
  { options, takesNames = false }: { readonly options: Options; readonly takesNames?: boolean },
): CommandLine {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options,
      allowPositionals: takesNames,
    });
    return { values, names: positionals };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const [what] = error.message.split(/\.\s/);
    const flags = Object.keys(options).map((name) => `--${name}`);
    throw new UsageError(`${what}. It takes: ${flags.join(', ')}`);
  }
}

/** The value of `--NAME`, a number above 0; `usual` where it was not given. Throws `UsageError`. */
export function numberOf(name: string, value: string | undefined, usual: number): number {
  if (value === undefined) return usual;
  const number = Number(value);
  if (value.trim() !== '' && Number.isFinite(number) && number > 0) return number;
  throw new UsageError(`--${name} needs a number above 0, not "${value}"`);
}

/** What a tool's last catch does: one line and code 2 where it was called wrongly, otherwise the stack and code 1. */
export function complainAndFail(error: unknown): void {
  if (error instanceof UsageError) console.error(error.message);
  else console.error(error instanceof Error ? (error.stack ?? error.message) : error);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
