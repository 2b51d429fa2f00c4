/** The demo desk as the relay sees it: filled on an empty store outside production, with its shop, and removed for good. */
import type { Router } from 'express';
import type { Config } from '../config.ts';
import { linkAddress, setupLink } from '../people/links.ts';
import type { Db } from '../store/db.ts';
import { demoPeople, fillDemo } from './fill.ts';
import { type Removed, removeDemo } from './remove.ts';
import { createShop, type ShopParts, shopOrigin } from './shop.ts';

export type Demo = {
  /** To be mounted at /shop; answers nothing once the demo is removed. */
  readonly shop: Router;
  readonly remove: () => Promise<Removed>;
  /** Once the relay's port is known. Does nothing where demos are switched off, or the store is not empty. */
  fill(): Promise<void>;
  /** Who can be played. */
  people(): Promise<readonly { id: string; fullName: string; role: string }[]>;
};

type Parts = { readonly db: Db; readonly config: Config; readonly origins: ShopParts['origins'] };

export async function openDemo({ db, config, origins }: Parts): Promise<Demo> {
  return {
    shop: createShop({ db, origins }),
    remove: async () => {
      const removed = await removeDemo(db);
      if (removed.setupNeeded) await tellTheWayIn(db, origins().console);
      return removed;
    },
    fill: async () => {
      if (config.demo) await fillDemo(db, { shop: shopOrigin(origins().public) });
    },
    people: () => demoPeople(db),
  };
}

/** The owner who clicked was part of the demo: the terminal, and nobody else, learns how the first real one comes in. */
async function tellTheWayIn(db: Db, console: string): Promise<void> {
  const token = await setupLink(db);
  if (token === null) return;
  process.stdout.write(
    `\nThe demo desk is removed. This link, good once, makes the owner:\n  ${linkAddress(console, token)}\n`,
  );
}
