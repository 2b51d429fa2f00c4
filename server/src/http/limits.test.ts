import { describe, expect, test } from 'vitest';
import { createLimits } from './limits.ts';

const MB = 1024 * 1024;

/** Files of so many bytes, each from a visitor of its own behind one address: how many were let in, and what refused the next. */
async function send(
  limits: ReturnType<typeof createLimits>,
  { address, bytes, most, sender }: { address: string; bytes: number; most: number; sender?: string },
) {
  const headers = new Map<string, string>();
  const response = { set: (name: string, value: string) => headers.set(name, value) };
  const request = { socket: { remoteAddress: address }, headers: {} };
  for (let count = 0; count < most; count += 1) {
    try {
      await limits.upload({ request, response } as never, { sender: sender ?? `visitor ${count}`, bytes });
    } catch (error) {
      return { count, code: (error as { code?: string }).code, wait: Number(headers.get('Retry-After')) };
    }
  }
  return { count: most, code: null, wait: 0 };
}

describe('files that are sent in an hour', () => {
  test('are so many from one address, whoever sends them; another address goes on', async () => {
    const limits = createLimits(0);
    const full = await send(limits, { address: '192.0.2.1', bytes: 100, most: 400 });
    expect(full).toEqual({ count: 300, code: 'TOO_MANY', wait: expect.any(Number) });
    expect(full.wait).toBeGreaterThan(0);
    expect((await send(limits, { address: '192.0.2.2', bytes: 100, most: 300 })).code).toBe(null);
  });

  test('are so many bytes from one address', async () => {
    const limits = createLimits(0);
    const full = await send(limits, { address: '192.0.2.1', bytes: 25 * MB, most: 100 });
    expect([full.count, full.code]).toEqual([40, 'TOO_MANY']);
  });

  test('are so many, and so many bytes, by one visitor from wherever; the others behind the address go on', async () => {
    const limits = createLimits(0);
    const one = { bytes: 25 * MB, most: 100, sender: 'anna' };
    expect((await send(limits, { ...one, address: '192.0.2.1' })).count).toBe(10);
    expect((await send(limits, { ...one, address: '192.0.2.2' })).count).toBe(0);
    const small = { bytes: 100, most: 100, sender: 'omar' };
    expect((await send(limits, { ...small, address: '192.0.2.1' })).count).toBe(60);
    expect((await send(limits, { ...small, sender: 'rosa', most: 1, address: '192.0.2.1' })).code).toBe(null);
  });

  test('are counted by network where an address has a network of its own', async () => {
    const limits = createLimits(0);
    for (let host = 1; host <= 300; host += 1)
      await send(limits, {
        address: `2001:db8:1:2::${host.toString(16)}`,
        bytes: 1,
        most: 1,
        sender: `v${host}`,
      });
    expect((await send(limits, { address: '2001:db8:1:2::ffff', bytes: 1, most: 1, sender: 'w' })).code).toBe(
      'TOO_MANY',
    );
  });
});
