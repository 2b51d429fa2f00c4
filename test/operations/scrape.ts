/** What Prometheus would read: the samples of a relay's metrics. */
import type { Relay } from '../support/relay.ts';

export type Sample = {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
};

export async function scrapeText(relay: Pick<Relay, 'metricsPort'>): Promise<string> {
  const response = await fetch(`http://127.0.0.1:${relay.metricsPort}/metrics`);
  if (!response.ok) throw new Error(`/metrics answered ${response.status}`);
  return response.text();
}

export function samplesIn(text: string): Sample[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name = '', labels = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line) ?? [];
      if (name === '') throw new Error(`Not a sample: ${line}`);
      const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', of = '']) => [key, of]);
      return { name, labels: Object.fromEntries(pairs) as Record<string, string>, value: Number(value) };
    });
}

/** The sum of a metric's samples with these labels; 0 where there is none. */
export async function figure(
  relay: Pick<Relay, 'metricsPort'>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<number> {
  return samplesIn(await scrapeText(relay))
    .filter((one) => one.name === name)
    .filter((one) => Object.entries(labels).every(([key, value]) => one.labels[key] === value))
    .reduce((sum, one) => sum + one.value, 0);
}
