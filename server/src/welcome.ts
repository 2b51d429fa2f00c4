/** What a person at the terminal reads once the relay listens: where to go, and one-time links to get in. */
import type { Config } from './config.ts';
import type { Demo } from './demo/open.ts';
import { type Origins, otherLoopback } from './http/hosts.ts';
import { createLink, linkAddress, setupLink } from './people/links.ts';
import type { Db } from './store/db.ts';

type Parts = { readonly db: Db; readonly config: Config; readonly origins: Origins; readonly demo: Demo };

export async function welcomeLines({ db, config, origins, demo }: Parts): Promise<string[]> {
  const setup = await setupLink(db);
  const demoPeople = await demo.people();
  const people = config.production ? [] : demoPeople;
  const links = await Promise.all(
    people.map(async ({ id, fullName, role }) => {
      const token = await createLink(db, { kind: 'sign-in', person: id });
      return `  ${pad(`${fullName}, ${role}`, 28)} ${linkAddress(origins.console, token)}`;
    }),
  );
  return [
    '',
    `Fullname is running.  Console: ${origins.console}/console/`,
    ...(setup
      ? [
          '',
          'Nobody is here yet. This link, good once, makes the owner:',
          `  ${linkAddress(origins.console, setup)}`,
        ]
      : []),
    ...(config.production && demoPeople.length > 0
      ? [
          '',
          'This store still holds a demo desk. Stop the relay, run `npm run demo:remove`, and start it again.',
        ]
      : []),
    ...(links.length > 0
      ? [
          '',
          `Demo shop: ${otherLoopback(origins.public)}/shop/`,
          'Play an agent; each link signs in once:',
          ...links,
        ]
      : []),
    '',
  ];
}

/** Han characters are two columns wide. */
function pad(text: string, width: number): string {
  const columns = [...text].reduce((sum, character) => sum + (/\p{Script=Han}/u.test(character) ? 2 : 1), 0);
  return text + ' '.repeat(Math.max(0, width - columns));
}
