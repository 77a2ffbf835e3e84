import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { formatCount } from '../ui/format';

export interface NotPositiveNoteProps {
  /** How many values a logarithmic axis cannot show. */
  readonly count: number;
  readonly class: string;
}

/** Says that a logarithmic axis leaves values out, so that nobody takes them for missing. */
export function NotPositiveNote(props: NotPositiveNoteProps): JSX.Element | null {
  const { count } = props;
  if (count === 0) return null;
  return (
    <p class={props.class}>
      {count === 1
        ? t('1 value that is not positive is not shown on the logarithmic axis.')
        : t(
            '{0} values that are not positive are not shown on the logarithmic axis.',
            formatCount(count),
          )}
    </p>
  );
}
