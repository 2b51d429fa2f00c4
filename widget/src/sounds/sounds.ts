/**
 * A gentle sound at an answer, for those who look elsewhere: which one and how loud is the visitor's to choose and is kept where
 * everything is. The browser lets nobody make a sound before a gesture; until then there is no audio at all.
 */
import { isMuted, pageSettings } from '../settings.ts';
import type { Records } from '../storage/kept.ts';
import { play, SOUNDS, type Sound } from './notes.ts';
import { SoundsPanel } from './SoundsPanel.tsx';

export type SoundChoice = { readonly sound: Sound | 'off'; readonly volume: number };

export type Sounds = {
  readonly Panel: typeof SoundsPanel;
  choice(): SoundChoice;
  choose(choice: SoundChoice): Promise<void>;
  /** As it would sound, at a press of a button. */
  listen(choice: SoundChoice): void;
  /** Somebody has answered. `looking`: the visitor has the chat before their eyes in this window. */
  ring(looking: boolean): Promise<void>;
};

const KEY = 'sounds';
/** Quiet. Who asks the system for calm hears nothing before they choose a sound. */
const usual = (): SoundChoice => ({
  sound: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'off' : 'bell',
  volume: 0.3,
});
/** As long as another window may take to hear of the same answer. */
const LEAD_MS = 3_000;
const AFTER_YOU_MS = 250;

export function createSounds(kept: Records, site: string): Sounds {
  let choice = usual();
  let context: AudioContext | null = null;
  const lead = `fullname.${site}.sound`;

  const load = async (): Promise<void> => {
    const value = await kept.get(KEY).catch(() => null);
    if (isChoice(value)) choice = value;
  };
  let loaded = load();
  // Another window chose.
  kept.onChange(() => {
    loaded = load();
  });

  const wake = (): void => {
    if (!('AudioContext' in window)) return;
    context ??= new AudioContext();
    if (context.state === 'suspended') void context.resume();
  };
  // Where the gesture was before this chunk had come, it counts.
  if (navigator.userActivation?.hasBeenActive) wake();
  for (const gesture of ['pointerdown', 'keydown']) addEventListener(gesture, wake);

  return {
    Panel: SoundsPanel,
    choice: () => choice,
    async choose(next) {
      choice = next;
      await kept.write([{ put: KEY, value: next }]).catch(() => undefined);
    },
    listen({ sound, volume }) {
      wake();
      if (context && sound !== 'off') play(context, sound, volume);
    },
    async ring(isLooking) {
      await loaded;
      const { sound, volume } = choice;
      const plays = !isMuted() && !isLooking && sound !== 'off' && pageSettings().sounds.on && context;
      // Whoever looks at the chat leads, and keeps still; the others let such a window go first.
      if (!plays && !isLooking) return;
      if (!isLooking) await new Promise((later) => setTimeout(later, AFTER_YOU_MS));
      const leads = await takeLead(lead);
      if (leads && plays && plays.state === 'running') play(plays, sound as Sound, volume);
    },
  };
}

/** Of several windows one leads, for a while. Where there are no locks, each does. */
async function takeLead(name: string): Promise<boolean> {
  const locks = locksHere();
  if (!locks) return true;
  return new Promise<boolean>((resolve) => {
    locks
      .request(name, { ifAvailable: true }, async (lock) => {
        resolve(lock !== null);
        if (lock) await new Promise((over) => setTimeout(over, LEAD_MS));
      })
      .catch(() => resolve(true));
  });
}

/** A frame without storage has none, and says so by throwing. */
function locksHere(): LockManager | null {
  try {
    return navigator.locks ?? null;
  } catch {
    return null;
  }
}

function isChoice(value: unknown): value is SoundChoice {
  const choice = value as SoundChoice | null | undefined;
  return (
    ['off', ...SOUNDS].includes(choice?.sound ?? '') &&
    typeof choice?.volume === 'number' &&
    choice.volume >= 0 &&
    choice.volume <= 1
  );
}
