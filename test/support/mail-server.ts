/** A mail server that takes whatever comes, and keeps it. */
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export const FROM = 'Larkspur & Reed <care@larkspur.example>';

export type MailServer = {
  readonly port: number;
  readonly url: string;
  /** Whole messages, in the order in which they were taken. */
  readonly taken: { readonly to: string; readonly raw: string }[];
  close(): Promise<void>;
};

export type MailServerOptions = SMTPServerOptions & {
  port?: number;
  onMail?: (raw: string, turn: number) => unknown;
  onSocket?: (socket: Socket) => unknown;
};

/** A real mail server on loopback. `onMail` decides about a message that was read whole; to throw refuses it. */
export async function openMailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const { port = 0, onMail, onSocket, ...rest } = options;
  const taken: MailServer['taken'] = [];
  let turn = 0;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        turn += 1;
        const decide = async () => {
          await onMail?.(raw, turn);
          taken.push({ to: session.envelope.rcptTo[0]?.address ?? '', raw });
        };
        decide().then(
          () => done(),
          (error: Error) => done(error),
        );
      });
    },
    ...rest,
  });
  server.server.on('connection', (socket: Socket) => onSocket?.(socket));
  // A relay that is killed resets its connection.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  const bound = (server.server.address() as AddressInfo).port;
  return { port: bound, url: `smtp://127.0.0.1:${bound}`, taken, close };
}
