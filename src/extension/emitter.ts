/** What ends a subscription; fits where VS Code wants a `Disposable`. */
export interface Subscription {
  dispose(): void;
}

/** Fits where VS Code wants an `Event`, and needs no VS Code, so that tests can listen. */
export type Event<T> = (listener: (event: T) => void) => Subscription;

/** Tells listeners what has happened. */
export class Emitter<T> {
  private readonly listeners = new Set<(event: T) => void>();

  readonly event: Event<T> = (listener) => {
    // Wrapped, so that one function given twice is two listeners.
    const own = (event: T): void => listener(event);
    this.listeners.add(own);
    return { dispose: () => void this.listeners.delete(own) };
  };

  fire(event: T): void {
    for (const listener of [...this.listeners]) listener(event);
  }

  dispose(): void {
    this.listeners.clear();
  }
}
