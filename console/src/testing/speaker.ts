/** The browser's way to a sound, of which happy-dom has none: counts how often it was asked for one. */
export class Speaker {
  static asked = 0;
  readonly destination = {};
  readonly currentTime = 0;
  resume(): Promise<void> {
    Speaker.asked += 1;
    return Promise.resolve();
  }
  createOscillator() {
    return { frequency: { value: 0 }, connect: through, start: silent, stop: silent };
  }
  createGain() {
    const gain = {
      setValueAtTime: silent,
      linearRampToValueAtTime: silent,
      exponentialRampToValueAtTime: silent,
    };
    return { gain, connect: through };
  }
}

function silent(): void {}
function through<Next>(next: Next): Next {
  return next;
}
