/** A scenario in a network of its own, whose sockets have the buffers that docs/scaling.md asks for. */
import { isOnPath } from './scenario.ts';

/** Sockets' buffers at most, in bytes, as docs/scaling.md and compose.yaml set them. */
const BUFFER_MAX = 262_144;

/** `exec` twice: whoever ends this process ends the program. */
const SET_UP = `ip link set lo up &&
  echo "4096 131072 ${BUFFER_MAX}" > /proc/sys/net/ipv4/tcp_rmem &&
  echo "4096 16384 ${BUFFER_MAX}" > /proc/sys/net/ipv4/tcp_wmem &&
  exec "$@"`;

/** The command that runs this command there; the same one where this machine cannot. */
export function inOwnNetwork(command: readonly string[]): readonly string[] {
  const isAble =
    process.platform === 'linux' && process.getuid?.() === 0 && ['unshare', 'ip'].every(isOnPath);
  return isAble ? ['unshare', '--net', 'sh', '-c', SET_UP, 'sh', ...command] : command;
}
