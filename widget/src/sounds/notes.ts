/** Six gentle sounds, as notes: nothing is fetched, and each begins and ends in silence. */

/** `at` and `lasts` in seconds; `to`: where the tone glides; `overtones`: how loud each is beside the first. */
type Note = {
  readonly hertz: number;
  readonly at: number;
  readonly lasts: number;
  readonly to?: number;
  readonly overtones?: readonly number[];
};

export const SOUNDS = ['bell', 'drop', 'wood', 'glass', 'harp', 'dove'] as const;
export type Sound = (typeof SOUNDS)[number];

const NOTES: Readonly<Record<Sound, readonly Note[]>> = {
  bell: [{ hertz: 660, at: 0, lasts: 1.3, overtones: [0, 0.3, 0.12] }],
  drop: [
    { hertz: 520, to: 980, at: 0, lasts: 0.16 },
    { hertz: 620, to: 1_180, at: 0.13, lasts: 0.2 },
  ],
  wood: [
    { hertz: 392, at: 0, lasts: 0.18, overtones: [0, 0, 0.25] },
    { hertz: 523, at: 0.14, lasts: 0.24, overtones: [0, 0, 0.25] },
  ],
  glass: [
    { hertz: 1_047, at: 0, lasts: 0.7, overtones: [0.2] },
    { hertz: 1_319, at: 0.12, lasts: 0.8, overtones: [0.2] },
  ],
  harp: [523, 659, 784].map((hertz, index) => ({ hertz, at: index * 0.09, lasts: 0.8, overtones: [0.25] })),
  dove: [
    { hertz: 440, to: 494, at: 0, lasts: 0.3 },
    { hertz: 494, to: 392, at: 0.32, lasts: 0.45 },
  ],
};

/** A rise from nothing that is no click, and a fall that ends before the tone does. */
const RISE_S = 0.02;
const SILENT = 0.000_1;
const LOUDEST = 0.3;

/** Plays into a context, also one that only computes. `volume` from 0 to 1. Answers when it is over, in seconds. */
export function play(context: BaseAudioContext, sound: Sound, volume: number): number {
  const start = context.currentTime;
  for (const note of NOTES[sound]) {
    const parts = [1, ...(note.overtones ?? [])];
    const sum = parts.reduce((all, part) => all + part, 0);
    for (const [index, part] of parts.entries())
      if (part) tone(context, { note, index: index + 1, loudness: (LOUDEST * volume * part) / sum, start });
  }
  return start + Math.max(...NOTES[sound].map(({ at, lasts }) => at + lasts));
}

type Tone = {
  readonly note: Note;
  readonly index: number;
  readonly loudness: number;
  readonly start: number;
};

function tone(context: BaseAudioContext, { note, index, loudness, start }: Tone): void {
  const [from, end] = [start + note.at, start + note.at + note.lasts];
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.frequency.setValueAtTime(note.hertz * index, from);
  if (note.to) oscillator.frequency.exponentialRampToValueAtTime(note.to * index, end);
  gain.gain.setValueAtTime(0, from);
  gain.gain.linearRampToValueAtTime(loudness, from + RISE_S);
  gain.gain.exponentialRampToValueAtTime(SILENT, end - RISE_S);
  gain.gain.linearRampToValueAtTime(0, end);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(from);
  oscillator.stop(end);
}
