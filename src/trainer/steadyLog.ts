import type { LogFile } from '../runs/log';
import { messageOf } from '../shared/userError';

/**
 * A log that never throws. Lines are also written where nobody could catch an error, such as the
 * events of a socket; a full disk should end the training by what cannot be stored of it, with a
 * sentence, and not by a line of the log. The first line that is lost is told of on standard error.
 */
export function steadyLog(log: LogFile): LogFile {
  let told = false;
  const attempt = (write: () => void): void => {
    try {
      write();
    } catch (thrown) {
      if (!told) process.stderr.write(`Lines of the log are lost. ${messageOf(thrown)}\n`);
      told = true;
    }
  };
  return {
    info: (message, details) => attempt(() => log.info(message, details)),
    warn: (message, details) => attempt(() => log.warn(message, details)),
    error: (message, thrown) => attempt(() => log.error(message, thrown)),
    close: () => log.close(),
  };
}
