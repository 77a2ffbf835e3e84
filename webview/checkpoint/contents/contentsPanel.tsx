import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { flattenSettings } from '../../../src/shared/flattenSettings';
import type { FileListing } from '../../../src/shared/inspection';
import { announce } from '../../ui/announce';
import { Dropdown } from '../../ui/dropdown';
import { IconButton } from '../../ui/iconButton';
import { send } from '../connection';
import { fileNames } from '../figures/names';
import { files } from '../files';
import './contents.css';
import { TensorTable } from './tensorTable';

/** What the file holds: metadata, config and arrays. */
export function ContentsPanel(): JSX.Element | null {
  const [chosen, choose] = useState<string>();
  const shown = files.value.find(({ file }) => file === chosen) ?? files.value[0];
  const names = fileNames(files.value);
  const listing = shown.listing.value;
  return (
    <div class="contents">
      {files.value.length > 1 && (
        <Dropdown
          label={t('File')}
          value={shown.file}
          options={files.value.map(({ file }, i) => ({ value: file, label: names[i] }))}
          onChange={choose}
        />
      )}
      {listing && <Contents listing={listing} />}
    </div>
  );
}

function Contents({ listing }: { listing: FileListing }): JSX.Element {
  const { own, metadata, tensors } = listing;
  // Our config is shown below as what it is.
  const entries = Object.entries(metadata).filter(([key]) => !own || key !== 'config');
  return (
    <>
      <div class="contents-facts">
        {own && <Facts title={t('Configuration')} entries={[...flattenSettings(own.config)]} />}
        {entries.length > 0 ? (
          <Facts title={t('Metadata')} entries={entries} />
        ) : (
          <p class="dim">{t('The file has no metadata.')}</p>
        )}
      </div>
      <TensorTable key={listing.file} tensors={tensors} />
    </>
  );
}

interface FactsProps {
  readonly title: string;
  readonly entries: readonly (readonly [string, string])[];
}

function Facts({ title, entries }: FactsProps): JSX.Element {
  return (
    <section class="facts-table" aria-label={title}>
      <div class="layers-toolbar">
        <h3>{title}</h3>
        <IconButton
          icon="copy"
          label={t('Copy {0}', title)}
          onClick={() => {
            send({ type: 'copy', text: entries.map((entry) => entry.join('\t')).join('\n') });
            announce(t('Copied'));
          }}
        />
      </div>
      <div class="facts-scroll" tabIndex={0} role="group" aria-label={title}>
        <table class="plain-table">
          <tbody>
            {entries.map(([key, value]) => (
              <tr key={key}>
                <th scope="row">{key}</th>
                <td>
                  <span class="fact-value">{value}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
