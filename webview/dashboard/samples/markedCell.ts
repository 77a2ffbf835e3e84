import { signal } from '@preact/signals';

/** The image that the pointer or the keyboard is at, in every grid that is shown; null: none. */
export const markedCell = signal<number | null>(null);

/** How far what is larger than its box is moved, as shares of the way that it has. */
export interface Pan {
  readonly x: number;
  readonly y: number;
}

/** All grids that are shown move together. */
export const pan = signal<Pan>({ x: 0.5, y: 0.5 });
