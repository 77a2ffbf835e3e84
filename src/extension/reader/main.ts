/** The worker thread that reads run folders for dashboards. */
export {};
