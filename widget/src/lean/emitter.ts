/** Stands in for `@socket.io/component-emitter` in the usual socket chunk: the same calls, but for the names that nobody uses. */
type Listener = (...args: unknown[]) => void;

export class Emitter {
  heard: Record<string, Listener[] | undefined> = {};

  on(event: string, listener: Listener): this {
    // A list of its own for each change: whoever is being told of an event now is told to the end.
    this.heard[event] = [...(this.heard[event] ?? []), listener];
    return this;
  }

  once(event: string, listener: Listener): this {
    const one: Listener = (...args) => {
      this.off(event, one);
      listener.apply(this, args);
    };
    return this.on(event, one);
  }

  off(event?: string, listener?: Listener): this {
    if (!event) this.heard = {};
    else this.heard[event] = listener && this.heard[event]?.filter((one) => one !== listener);
    return this;
  }

  removeAllListeners(event?: string): void {
    this.off(event);
  }

  emit(event: string, ...args: unknown[]): void {
    this.emitReserved(event, ...args);
  }

  /** Not by way of `emit`: a socket's own sends what it is given. */
  emitReserved(event: string, ...args: unknown[]): void {
    for (const listener of this.heard[event] ?? []) listener.apply(this, args);
  }
}
