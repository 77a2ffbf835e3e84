import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { FileListing } from '../../../src/shared/inspection';
import { Button } from '../../ui/button';
import { formatBytes, formatCount } from '../../ui/format';
import { IconButton } from '../../ui/iconButton';
import { tooltip } from '../../ui/tooltip';
import { send } from '../connection';
import { files, type ShownFile } from '../files';
import { MAX_FILES } from '../../../src/shared/checkpointPage';
import { describeFormat } from './describeFormat';
import { FileChips } from './fileChips';
import './header.css';
import { Progress } from './progress';

/** What the file is, what can be done with it, and what is being computed. */
export function Header({ file }: { readonly file: ShownFile }): JSX.Element {
  const listing = file.listing.value;
  const name = file.file.split(/[\\/]/).at(-1) ?? file.file;
  return (
    <header class="file-header">
      <div class="title-line">
        <h1 {...tooltip(file.file)}>{name}</h1>
        <IconButton
          icon="copy"
          label={t('Copy Path')}
          onClick={() => send({ type: 'copy', text: file.file })}
        />
        <div class="actions" role="toolbar" aria-label={t('Actions of this file')}>
          <Button
            icon="diff-multiple"
            disabled={files.value.length >= MAX_FILES}
            hint={t('Show up to five more files beside this one')}
            onClick={() => send({ type: 'addFiles' })}
          >
            {t('Compare With…')}
          </Button>
          {listing?.own?.run !== undefined && (
            <Button
              icon="graph"
              onClick={() => send({ type: 'open', file: file.file, place: 'run' })}
            >
              {t('Open Run')}
            </Button>
          )}
          <IconButton
            icon="folder-opened"
            label={t('Reveal in Folder')}
            onClick={() => send({ type: 'open', file: file.file, place: 'folder' })}
          />
          <IconButton
            icon="refresh"
            label={t('Read Again')}
            onClick={() => send({ type: 'open', file: file.file, place: 'again' })}
          />
        </div>
      </div>
      {listing && <Facts listing={listing} />}
      {files.value.length > 1 && <FileChips />}
      <Progress />
    </header>
  );
}

function Facts({ listing }: { listing: FileListing }): JSX.Element {
  const { bytes, tensors } = listing;
  const parameters = tensors.reduce(
    (sum, { shape }) => sum + shape.reduce((product, side) => product * side, 1),
    0,
  );
  return (
    <p class="file-facts">
      <span>{describeFormat(listing)}</span>
      <span>{formatBytes(bytes)}</span>
      <span>
        {tensors.length === 1 ? t('1 array') : t('{0} arrays', formatCount(tensors.length))}
      </span>
      <span>{t('{0} numbers', formatCount(parameters))}</span>
    </p>
  );
}
