import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { Message } from './message';

export interface ProblemsProps {
  /** Sentences, each once. */
  readonly problems: readonly string[];
  readonly onDismiss: (problem: string) => void;
}

/** What did not work, read aloud as soon as it is there: the list stays, also while it is empty. */
export function Problems({ problems, onDismiss }: ProblemsProps): JSX.Element {
  return (
    <div role="alert" aria-label={t('What did not work')}>
      {problems.map((problem) => (
        <Message key={problem} severity="error" onDismiss={() => onDismiss(problem)}>
          {problem}
        </Message>
      ))}
    </div>
  );
}
