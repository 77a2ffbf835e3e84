const MAX_LENGTH = 120;
/** Names of devices, which Windows takes for files of any ending. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A name that a file can have on every system, from one that a page made: without folders, control
 * characters, and what Windows keeps to itself.
 */
export function safeFileName(wanted: string): string {
  const base = wanted.split(/[/\\]/).at(-1) ?? '';
  const allowed = base.replace(/[\p{Cc}<>:"|?*]/gu, '-').replace(/^[\s.]+|[\s.]+$/g, '');
  if (allowed === '') return 'figure';
  const extension = /\.[A-Za-z0-9]{1,8}$/.exec(allowed)?.[0] ?? '';
  const stem = allowed.slice(0, allowed.length - extension.length).slice(0, MAX_LENGTH);
  return `${devices.test(allowed) ? '_' : ''}${stem}${extension}`;
}
