/** One quiet sound: two soft notes, 300 ms, no sharp beginning. Browsers stay silent until the first gesture on the page. */
let audio: AudioContext | null = null;

const NOTES = [
  { frequency: 523.25, at: 0 },
  { frequency: 659.25, at: 0.11 },
];
const LOUDNESS = 0.06;
const LENGTH_S = 0.32;

/** Lets the sound play later without a gesture; returns how to stop waiting for one. */
export function readySound(): () => void {
  const unlock = () => void context()?.resume();
  window.addEventListener('pointerdown', unlock, { once: true });
  window.addEventListener('keydown', unlock, { once: true });
  return () => {
    window.removeEventListener('pointerdown', unlock);
    window.removeEventListener('keydown', unlock);
  };
}

export async function playSound(): Promise<void> {
  const now = context();
  if (!now) return;
  await now.resume();
  for (const note of NOTES) {
    const start = now.currentTime + note.at;
    const tone = now.createOscillator();
    const gain = now.createGain();
    tone.frequency.value = note.frequency;
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(LOUDNESS, start + 0.03);
    gain.gain.exponentialRampToValueAtTime(0.000_1, start + LENGTH_S);
    tone.connect(gain).connect(now.destination);
    tone.start(start);
    tone.stop(start + LENGTH_S);
  }
}

function context(): AudioContext | null {
  if (!('AudioContext' in window)) return null;
  audio ??= new AudioContext();
  return audio;
}
