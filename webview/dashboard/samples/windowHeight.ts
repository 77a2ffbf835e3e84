import { signal } from '@preact/signals';

/** Height of the page in CSS pixels; a grid that fits is not higher than the most of it. */
export const windowHeight = signal(window.innerHeight);

window.addEventListener('resize', () => {
  windowHeight.value = window.innerHeight;
});
