import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { Icon } from '../../ui/icon';
import { IconButton } from '../../ui/iconButton';
import { tooltip } from '../../ui/tooltip';
import { send } from '../connection';
import { fileNames } from '../figures/names';
import { files, type ShownFile } from '../files';
import { FileName } from './fileMark';

/** The files that are compared, with the colour and the shape that they have in figures. */
export function FileChips(): JSX.Element {
  const names = fileNames(files.value);
  return (
    <ul class="file-chips" aria-label={t('Files compared')}>
      {files.value.map((file, index) => (
        <li key={file.file}>
          <Chip file={file} index={index} name={names[index]} />
        </li>
      ))}
    </ul>
  );
}

function Chip(props: { file: ShownFile; index: number; name: string }): JSX.Element {
  const { file, index, name } = props;
  const problem = file.unreadable.value;
  const works = file.state.value?.kind === 'working' || (!file.listing.value && !problem);
  return (
    <div class="file-chip" {...tooltip(problem ?? file.file)}>
      <FileName name={name} index={index} />
      {works && (
        <>
          <Icon name="loading" spin />
          <span class="visually-hidden">{t('Computing')}</span>
        </>
      )}
      {problem !== undefined && (
        <>
          <Icon name="error" class="bad" />
          <span class="visually-hidden">{problem}</span>
        </>
      )}
      {index > 0 && (
        <IconButton
          icon="close"
          label={t('Remove {0} from the comparison', name)}
          onClick={() => send({ type: 'removeFile', file: file.file })}
        />
      )}
    </div>
  );
}
