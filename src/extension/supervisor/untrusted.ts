import { t } from '@vscode/l10n';

/** Why an untrusted workspace may look at runs and not train: a config chooses what is read. */
export function untrustedReason(): string {
  return t('This workspace is not trusted, so its runs can be looked at but not trained.');
}
