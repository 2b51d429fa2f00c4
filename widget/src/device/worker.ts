/**
 * Shows what the relay has pushed, and opens the conversation when it is pressed. It keeps nothing, and asks nobody but the relay, to
 * whom it brings the subscription that its browser has made anew by itself.
 */

type Notice = {
  readonly title: string;
  readonly body: string;
  readonly lang: string;
  readonly tag: string;
  readonly link: string;
};
/** As far as it is used here: the compiler is told of pages. */
type Scope = {
  readonly location: Location;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { openWindow(url: string): Promise<unknown> };
  addEventListener(type: string, hear: (event: WorkerEvent) => void): void;
  skipWaiting(): Promise<void>;
};
type WorkerEvent = {
  readonly data: { json(): unknown } | null;
  readonly notification: Notification;
  readonly oldSubscription?: PushSubscription | null;
  readonly newSubscription?: PushSubscription | null;
  waitUntil(work: Promise<unknown>): void;
};

const worker = globalThis as unknown as Scope;

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('push', (event) => {
  if (!event.data) return;
  const { title, link, ...shown } = event.data.json() as Notice;
  const dir = shown.lang === 'ar' ? 'rtl' : 'ltr';
  // A later answer takes the place of an earlier one, and is heard again.
  const options = { ...shown, dir, renotify: true, data: link } as NotificationOptions;
  event.waitUntil(worker.registration.showNotification(title, options));
});
worker.addEventListener('notificationclick', (event) => {
  const { notification } = event;
  notification.close();
  const link = String(notification.data);
  // The relay says where; nowhere else is gone to.
  if (link.startsWith(`${worker.location.origin}/c/`)) event.waitUntil(worker.clients.openWindow(link));
});
worker.addEventListener('pushsubscriptionchange', (event) => event.waitUntil(follow(event)));

/** Without the one before there is no proof whose device it is: then its visitor is asked anew, in the chat. */
async function follow({ oldSubscription: before, newSubscription }: WorkerEvent): Promise<void> {
  if (!before) return;
  const { pushManager } = worker.registration;
  const { endpoint, keys } = (newSubscription ?? (await pushManager.subscribe(before.options))).toJSON();
  await fetch('renew', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      before: { endpoint: before.endpoint, auth: before.toJSON().keys?.auth },
      subscription: { endpoint, keys: { p256dh: keys?.p256dh, auth: keys?.auth } },
    }),
  });
}

export {};
