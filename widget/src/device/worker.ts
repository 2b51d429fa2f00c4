/** Shows what the relay has pushed, and opens the conversation when it is pressed. It asks nobody anything and keeps nothing. */

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

export {};
