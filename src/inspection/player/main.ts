/** The thread that holds the networks of one checkpoint: see {@link PlayerTask}. */
export {};
