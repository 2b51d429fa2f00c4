/**
 * Where Redis is, as REDIS_URL says it: one server, a Sentinel's or a Cluster's. Several hosts stand in one address, which
 * no URL parser takes; so it is cut here, and what is wrong is said without quoting it, as it may hold a password.
 */

export type RedisAddress = {
  readonly form: 'single' | 'sentinel' | 'cluster';
  /** Redis itself, or the sentinels, or some nodes of the cluster. */
  readonly hosts: readonly { readonly host: string; readonly port: number }[];
  readonly tls: boolean;
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** The database's number; a cluster has only 0. */
  readonly db: number;
  /** What the sentinels call the master; empty in the other forms. */
  readonly master: string;
  /** The sentinels' own; theirs need not be Redis's. */
  readonly sentinelUsername: string | undefined;
  readonly sentinelPassword: string | undefined;
};

const FORMS = { '': 'single', '+sentinel': 'sentinel', '+cluster': 'cluster' } as const;
const SHAPE =
  /^redis(?<tls>s?)(?<form>|\+sentinel|\+cluster):\/\/(?:(?<user>[^@/?#]*?)(?::(?<pass>[^@/?#]*))?@)?(?<hosts>[^@/?#]+)(?:\/(?<path>[^/?#]*))?(?:\?(?<query>[^#]*))?$/i;
const HOST = /^(?:\[(?<six>[0-9a-f:.]+)\]|(?<name>[a-z0-9._-]+))(?::(?<port>\d{1,5}))?$/i;
const QUERY: ReadonlySet<string> = new Set(['db', 'sentinel-user', 'sentinel-password']);

/** The address, or what is to be done about it: the end of a sentence that begins with the variable's name. */
export function parseRedisUrl(value: string): RedisAddress | string {
  const parts = SHAPE.exec(value)?.groups;
  if (!parts)
    return 'cannot be read as an address: set it to redis://HOST, redis+sentinel://HOST,HOST/MASTER or redis+cluster://HOST,HOST, with rediss for TLS.';
  const form = FORMS[(parts.form ?? '').toLowerCase() as keyof typeof FORMS];
  const hosts = (parts.hosts ?? '').split(',').map((host) => hostOf(host, form));
  if (hosts.some((host) => host === null))
    return 'names a host that cannot be read: set each to a name or an address, with a port after a colon, and commas between them.';
  if (form === 'single' && hosts.length > 1)
    return 'names several hosts: begin it with redis+sentinel:// or redis+cluster://.';
  const path = decoded(parts.path);
  const query = new URLSearchParams(parts.query ?? '');
  const username = decoded(parts.user);
  const password = decoded(parts.pass);
  if (path === null || username === null || password === null)
    return 'holds a percent sign that begins no character: write it as %25.';
  if ([...query.keys()].some((name) => !QUERY.has(name)))
    return `holds a setting that is not known: after the question mark may stand ${[...QUERY].join(', ')}.`;
  if (form === 'sentinel' && !path)
    return "names no master: put the sentinels' name for it after the hosts, as in redis+sentinel://HOST,HOST/mymaster.";
  const db = (form === 'single' ? path || query.get('db') : query.get('db')) ?? '0';
  if (!/^\d{1,4}$/.test(db) || (form === 'cluster' && (Number(db) !== 0 || path)))
    return form === 'cluster'
      ? 'names a database: a cluster has none to choose, so leave it out.'
      : 'names a database that is no number: set it to one such as 0.';
  return {
    form,
    hosts: hosts.flatMap((host) => host ?? []),
    tls: parts.tls !== '',
    username: username || undefined,
    password: password || undefined,
    db: Number(db),
    master: form === 'sentinel' ? (path ?? '') : '',
    sentinelUsername: query.get('sentinel-user') ?? undefined,
    sentinelPassword: query.get('sentinel-password') ?? undefined,
  };
}

function hostOf(text: string, form: RedisAddress['form']): { host: string; port: number } | null {
  const parts = HOST.exec(text)?.groups;
  const host = parts?.six ?? parts?.name;
  const port = Number(parts?.port ?? (form === 'sentinel' ? 26_379 : 6_379));
  return host !== undefined && port > 0 && port < 65_536 ? { host, port } : null;
}

/** Undefined stays so; null where it is no text. */
function decoded(text: string | undefined): string | null | undefined {
  try {
    return text && decodeURIComponent(text);
  } catch {
    return null;
  }
}
