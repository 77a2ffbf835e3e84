import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Dropdown } from '../../ui/dropdown';
import { files, type ShownFile } from '../files';
import { fileNames } from './names';

/** Which run a panel tells of. */
export interface RunChoice {
  /** A file of the run; undefined where no file shown is of one. */
  readonly file: ShownFile | undefined;
  /** Where another one is chosen; null where there is only one. */
  readonly choice: JSX.Element | null;
}

/** The first file shown that is of a run, until another one is chosen. */
export function useRunChoice(): RunChoice {
  const [chosen, setChosen] = useState<string>();
  const withRuns = files.value.filter(({ listing }) => listing.value?.own?.run !== undefined);
  const file = withRuns.find((one) => one.file === chosen) ?? withRuns.at(0);
  if (!file || withRuns.length === 1) return { file, choice: null };
  const names = fileNames(withRuns);
  const choice = (
    <div class="figure-choices">
      <span aria-hidden="true">{t('Run')}</span>
      <Dropdown
        label={t('Run')}
        value={file.file}
        options={withRuns.map((one, i) => ({ value: one.file, label: names[i] }))}
        onChange={setChosen}
      />
    </div>
  );
  return { file, choice };
}
