import * as z from 'zod/mini';

// The small form of zod has no sentences of its own, and some of ours quote them.
z.config(z.locales.en());

/**
 * Zod in its small form: for schemas that an editor needs as soon as it starts, because loading it
 * takes a tenth of the time of the full one.
 */
export { z };
