/** No browser of the tests reaches a push service: a page is given a subscription of the tests' own. */
import type { BrowserContext } from 'playwright-core';
import type { Device } from '../mail/push-service.ts';

/** Every page of this browser that subscribes from now on has this device's subscription, until it ends it. */
export function subscribeAs(context: BrowserContext, { subscription }: Device): Promise<unknown> {
  return context.addInitScript(standIn, subscription);
}

function standIn(subscription: Device['subscription']): void {
  // One for all pages of this browser.
  const IS = 'test.subscribed';
  const made = {
    ...subscription,
    toJSON: () => ({ ...subscription, expirationTime: null }),
    unsubscribe: async () => {
      localStorage.removeItem(IS);
      return true;
    },
  };
  Object.assign(PushManager.prototype, {
    subscribe: async () => {
      localStorage.setItem(IS, 'yes');
      return made;
    },
    getSubscription: async () => (localStorage.getItem(IS) ? made : null),
  });
}
