import { signal } from '@preact/signals';

/** Below this width, in CSS pixels, everything stands in one column; dashboard.css says it, too. */
const query = window.matchMedia('(max-width: 760px)');

/** Whether the page is too narrow for two columns and for words on every button. */
export const narrow = signal(query.matches);

query.addEventListener('change', () => {
  narrow.value = query.matches;
});
