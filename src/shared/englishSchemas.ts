import { config } from 'zod/mini';
import { en } from 'zod/v4/locales';

// The small form of zod, which editors load in a tenth of the time of the full one, knows no
// sentences of its own. Files whose own sentences quote them import this one.
config(en());
