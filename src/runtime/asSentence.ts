/** A reason as a sentence: with a full stop, unless it ends like one. */
export function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
