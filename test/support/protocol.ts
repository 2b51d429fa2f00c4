/** docs/protocol.md from the code: names, comments and acknowledgements from shared/src/events.ts, payloads from the relay's schemas. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { agentAuth, agentSchemas, visitorAuth, visitorSchemas } from '../../server/src/sockets/schemas.ts';
import { ERROR_TEXTS, PASSING } from '../../shared/src/errors.ts';

const root = join(import.meta.dirname, '..', '..');

export function protocolDocument(): string {
  const events = readFileSync(join(root, 'shared/src/events.ts'), 'utf8');
  const model = readFileSync(join(root, 'shared/src/model.ts'), 'utf8');
  const book = readFileSync(join(root, 'shared/src/book.ts'), 'utf8');
  const files = readFileSync(join(root, 'shared/src/files.ts'), 'utf8');
  const pageData = readFileSync(join(root, 'shared/src/page-data.ts'), 'utf8');
  const recovery = readFileSync(join(root, 'shared/src/recovery.ts'), 'utf8');
  return [
    INTRODUCTION,
    '## Visitors: namespace `/visitor`\n',
    `Handshake \`auth\`: ${code(payloadOf(visitorAuth))}\n`,
    '### What a visitor asks\n',
    clientEvents(events, 'VisitorEvents', visitorSchemas),
    '### What a visitor hears\n',
    relayEvents(events, 'EventsForVisitor'),
    '## Agents: namespace `/agent`\n',
    `By the session cookie \`__Host-fullname\` and an Origin. Handshake \`auth\`: ${code(payloadOf(agentAuth))}\n`,
    '### What an agent asks\n',
    clientEvents(events, 'AgentEvents', agentSchemas),
    '### What an agent hears\n',
    relayEvents(events, 'EventsForAgent'),
    FILES,
    '## Shapes\n',
    'Dates are ISO 8601 in UTC, ids are UUIDs in lower case.\n',
    fence(
      typesOf(events, [
        'Welcome',
        'Page',
        'Range',
        'AgentHead',
        'Colleague',
        'Opened',
        'ListPage',
        'Counts',
        'Remembered',
        'FileLink',
      ]),
    ),
    fence(files.slice(files.indexOf('export const FILE_TYPES')).trim()),
    fence(typesOf(pageData, ['Plain', 'Attributes', 'Labels', 'PageEvent', 'PageData'])),
    fence(typesOf(book, ['WritingReport', 'RequestReport', 'Alternative'])),
    fence(model.slice(model.indexOf('export type Role')).trim()),
    fence(recovery.slice(recovery.indexOf('export type Money')).trim()),
    '## Errors\n',
    'A closed set. *Passing* ones are worth another try, later and with the same ids; the others are final.\n',
    '| code | passing | what it says |\n|---|---|---|',
    ...Object.entries(ERROR_TEXTS).map(
      ([name, text]) =>
        `| \`${name}\` | ${(PASSING as readonly string[]).includes(name) ? 'yes' : ''} | ${text} |`,
    ),
    '',
    '## Limits\n',
    '| limit | value | |\n|---|---|---|',
    ...limits(),
    '',
  ].join('\n');
}

const FILES = `## Files, beside the sockets

Frames are small, so a file's bytes come by HTTP, and its entry by \`file:send\` under the same \`id\`.

- A visitor's: \`POST /w/files?site=KEY&conversation=ID&id=ID\` with \`Authorization: Bearer TOKEN\`.
- An agent's: \`POST /api/conversations/ID/files?id=ID\` with the session's cookie and the console's Origin.

Both: the bytes as body, their type as \`Content-Type\`, a \`Content-Length\`, and the name, percent-encoded, as \`X-File-Name\`. The answer is a Result of \`UploadedFile\`;
a retry under the same \`id\` gives the same. What was not sent within an hour is removed. Bytes are had at the \`url\` of \`file:link\`, by GET, until its time. See [decision 009](decisions/009-attachments.md).
`;

function clientEvents(source: string, type: string, schemas: Record<string, z.ZodType>): string {
  const declared = membersOf(source, type);
  const names = declared.map((member) => member.name);
  const missing = Object.keys(schemas).filter((name) => !names.includes(name));
  if (missing.length > 0) throw new Error(`schemas without an event: ${missing.join(', ')}`);
  return declared
    .map(({ name, comment, text }) => {
      const schema = schemas[name];
      if (!schema) throw new Error(`no schema for ${name}`);
      const ack = /ack: Ack<([\s\S]*)>,?\s*\) => void$/
        .exec(text)?.[1]
        ?.replace(/\s+/g, ' ')
        .replace(/,\s*$/, '')
        .trim();
      return [
        `#### \`${name}\`\n`,
        comment ? `${comment}\n` : '',
        `Payload: ${code(payloadOf(schema))}\n`,
        ack ? `Acknowledged with ${code(ack === 'Nothing' ? '{}' : ack)}.\n` : 'Not acknowledged.\n',
      ]
        .filter(Boolean)
        .join('\n');
    })
    .join('\n');
}

function relayEvents(source: string, type: string): string {
  return membersOf(source, type)
    .map(({ name, comment, text }) =>
      [`#### \`${name}\`\n`, comment ? `${comment}\n` : '', `${code(text.replace(/\s+/g, ' '))}\n`]
        .filter(Boolean)
        .join('\n'),
    )
    .join('\n');
}

type Member = { readonly name: string; readonly comment: string; readonly text: string };

/** The members of an exported type of functions, with the comment above each. */
function membersOf(source: string, type: string): Member[] {
  const start = source.indexOf(`export type ${type} = {`);
  if (start < 0) throw new Error(`${type} is not in events.ts`);
  const body = source.slice(source.indexOf('{', start) + 1, source.indexOf('\n};', start));
  const members = body.matchAll(/((?:\s*\/\*\*[\s\S]*?\*\/)?)\s*'?([\w:-]+)'?: (\([\s\S]*?\) => void);/g);
  return [...members].map((match) => ({
    name: match[2] ?? '',
    comment: (match[1] ?? '')
      .replace(/\/\*\*|\*\//g, '')
      .replace(/\n\s*\* ?/g, ' ')
      .trim(),
    text: match[3] ?? '',
  }));
}

function typesOf(source: string, names: readonly string[]): string {
  return names
    .map(
      (name) =>
        new RegExp(`export type ${name} =\\s[\\s\\S]*?;\\n(?=\\n|export|//|/\\*\\*|$)`).exec(source)?.[0] ??
        '',
    )
    .join('')
    .trim();
}

type Json = { [key: string]: unknown };

function payloadOf(schema: z.ZodType): string {
  return render(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json);
}

function render(json: Json): string {
  if (json.enum) return (json.enum as string[]).map((one) => `"${one}"`).join(' | ');
  if (json.anyOf) return (json.anyOf as Json[]).map(render).join(' | ');
  if (json.type === 'object' && typeof json.additionalProperties === 'object') {
    const name = render((json.propertyNames as Json | undefined) ?? { type: 'string' });
    return `{ [${name}]: ${render(json.additionalProperties as Json)} } (at most ${String(json.maxProperties)})`;
  }
  if (json.type === 'object') {
    const required = new Set((json.required as string[] | undefined) ?? []);
    const fields = Object.entries((json.properties as Record<string, Json> | undefined) ?? {});
    return `{ ${fields.map(([name, one]) => `${name}${required.has(name) ? '' : '?'}: ${render(one)}`).join(', ')} }`.replace(
      '{  }',
      '{}',
    );
  }
  if (json.type === 'array')
    return `(${render(json.items as Json)})[]${json.maxItems ? ` (at most ${String(json.maxItems)})` : ''}`;
  if (json.type === 'string') return stringOf(json);
  return String(json.type ?? 'string');
}

function stringOf(json: Json): string {
  const pattern = typeof json.pattern === 'string' ? json.pattern : '';
  if (json.format === 'email') return 'e-mail address';
  if (json.format === 'date-time') return 'ISO date';
  if (pattern.includes('[0-9a-f]{64}')) return '64 hex digits';
  if (pattern.startsWith('^[0-9a-f]{8}-')) return 'UUID';
  return json.maxLength ? `string (≤ ${String(json.maxLength)})` : 'string';
}

function limits(): string[] {
  const source = readFileSync(join(root, 'shared/src/limits.ts'), 'utf8');
  const found = source.matchAll(/((?:\/\*\*[^\n]*\*\/\n)?)export const (\w+) = ([\d_.]+);/g);
  return [...found].map(
    (match) =>
      `| \`${match[2] ?? ''}\` | ${(match[3] ?? '').replaceAll('_', ',')} | ${(match[1] ?? '').replace(/\/\*\*|\*\//g, '').trim()} |`,
  );
}

function code(text: string): string {
  return `\`${text.trim()}\``;
}

function fence(text: string): string {
  return `\`\`\`ts\n${text}\n\`\`\`\n`;
}

const INTRODUCTION = `# The protocol

Enough to write a client in any language that has a Socket.IO 4 client. This page is made from the code by
\`npm run protocol\`, and a test holds it to the code.

- **Connection**: Socket.IO 4 (Engine.IO 4) at path \`/socket\`, WebSocket first, long-polling where it is blocked. Frames are JSON text.
- **Origin**: a browser's Origin must be the relay's own (the chat frame and the console are its pages). A client without an Origin
  is let in only without a cookie and with a token in \`auth\`.
- **Refused handshakes** come as \`connect_error\`; its \`message\` is an error code.
- **Releases**: \`protocol\` in \`auth\` is the client's own. A relay serves PROTOCOL and the one before, from PROTOCOL_MIN on, and says so in \`welcome\`.
  An older client hears OLD_PROTOCOL and must be renewed; a newer one hears NEW_PROTOCOL while relays are being replaced: wait, and connect again.
  What a relay tells may grow within a protocol: pass over events and fields that you do not know.
- **A relay that stops** says \`relay:leaving\`: take a new line within that time, at a random moment. New sessions are answered with status 503 meanwhile.
- **Acknowledgements**: every event but \`typing:show\` is acknowledged with \`{ok: true, value}\` or \`{ok: false, code}\`.
  The acknowledgement of a write goes out after COMMIT. A relay that lives answers within ANSWERED_WITHIN_MS, with UNAVAILABLE
  for what is not done by then. Without an answer within ACK_TIMEOUT_MS, or within LET_IN_WITHIN_MS to the handshake, the line is dead: take
  another. In both cases send the same event with the same ids again:
  a retry gets the first result; the same id with other words is a CONFLICT.
- **Ids are made by the client**: a visitor's token (256 random bits as 64 hex digits, made with the first message and kept secret),
  the conversation's id, each message's id.
- **Order**: a visitor's entries are numbered by \`publicSeq\`, an agent's by \`seq\`, both from 1 without holes. Draw only the next number;
  on a gap ask \`entries:fetch\` with \`after\`. Drop what you have. Your own message comes back by its acknowledgement, not as \`message:sent\`.
- **Heads**: the last number of each conversation comes every HEADS_EVERY_MS; ask for it (\`heads:ask\`) when the device wakes, is online again
  or has reconnected, since losing the *last* message leaves no gap.
- **Waiting**: a number after the payload of \`message:send\` and \`note:send\` says for how many milliseconds the message had waited to be
  sent. The relay only counts it, and one that does not know it passes it over.
- **Strict payloads**: unknown fields are refused with INVALID_PAYLOAD; an unknown event closes the socket.
`;
