import { signal } from '@preact/signals';

/** Part of the names of the charts that are shown; empty: all. */
export const chartFilter = signal('');
