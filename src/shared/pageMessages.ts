/** What every page may say to the extension, whatever it shows. */
export type FromEveryPage =
  /** Ask where to save a file that the page made. */
  | { readonly type: 'save'; readonly name: string; readonly contents: Uint8Array }
  /** Settings of the view that hold for every page of its kind; comes back in `init`. */
  | { readonly type: 'preferences'; readonly preferences: unknown }
  | PageError;

/** A defect of a page, for the extension's log. */
export interface PageError {
  readonly type: 'pageError';
  readonly message: string;
  readonly stack: string;
}
