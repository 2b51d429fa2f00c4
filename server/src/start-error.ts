import type { Config } from './config.ts';

/**
 * The relay cannot start or go on, for a reason its operator can mend. The message is one sentence: what is
 * wrong, and the remedy. It is printed without a stack.
 */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** The sentence for an error of `listen`, or `undefined` for one no operator can mend. */
export function explainListen(
  error: unknown,
  { host, port }: Pick<Config, 'host' | 'port'>,
): string | undefined {
  const { code, syscall, hostname } = error as NodeJS.ErrnoException & { hostname?: string };
  if (code === 'EADDRINUSE') {
    return `Port ${port} on ${host} is taken by another program: stop it, or set PORT to a free one.`;
  }
  if (code === 'EACCES' && syscall === 'listen') {
    return `Port ${port} may not be used by this user: set PORT to 1024 or higher.`;
  }
  if (code === 'EADDRNOTAVAIL' || (syscall === 'getaddrinfo' && hostname === host)) {
    return `HOST is "${host}", which is no address of this machine: set it to one, such as 127.0.0.1 or 0.0.0.0.`;
  }
  return undefined;
}
