/** The name of a file made of several words, with only what every file system takes. */
export function fileName(words: readonly string[], extension: string): string {
  return `${words.map(plain).filter(Boolean).join('-')}.${extension}`;
}

function plain(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
}
