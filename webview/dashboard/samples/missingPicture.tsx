import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icon';

/** In place of a picture that is not there or only half there. */
export function MissingPicture(props: { file: string; retry: () => void }): JSX.Element {
  return (
    <div class="samples-missing">
      <Icon name="warning" />
      <p>
        {t(
          '{0} is missing or damaged in the run folder. It is shown as soon as it can be read.',
          props.file,
        )}
      </p>
      <Button icon="refresh" onClick={props.retry}>
        {t('Try Again')}
      </Button>
    </div>
  );
}
