/** The thread that looks into one weight file: see {@link InspectorJob}. */
export {};
