import { t } from '@vscode/l10n';
import type { ComponentChildren, JSX } from 'preact';
import { Icon } from './icon';
import { IconButton } from './iconButton';

export interface MessageProps {
  readonly severity: 'info' | 'warning' | 'error';
  /** Of a message that can be put away. */
  readonly onDismiss?: () => void;
  readonly children: ComponentChildren;
}

/** A sentence that something asks attention for; the icon has a word for those who do not see it. */
export function Message({ severity, onDismiss, children }: MessageProps): JSX.Element {
  const words = { info: t('Note'), warning: t('Warning'), error: t('Error') };
  return (
    <div class={`message message-${severity}`}>
      <Icon name={severity} />
      <span class="visually-hidden">{words[severity]}: </span>
      <span class="message-text">{children}</span>
      {onDismiss && <IconButton icon="close" label={t('Dismiss')} onClick={onDismiss} />}
    </div>
  );
}
