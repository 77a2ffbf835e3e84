import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { Button } from '../../ui/button';
import { Dropdown } from '../../ui/dropdown';
import { Icon } from '../../ui/icon';
import { Link } from '../../ui/link';
import { fileNames } from '../figures/names';
import { NoFigure } from '../figures/states';
import { files, type ShownFile } from '../files';
import { Drawn } from './drawn';
import { draw, drawing, drawn, stopDrawing } from './drawing';
import './generated.css';
import { GeneratedSettings } from './settings';

/** Images of a file's generator, drawn on demand. */
export function SamplesPanel(): JSX.Element {
  const [chosen, choose] = useState<string>();
  const able = files.value.filter(hasGenerator);
  const file = able.find((one) => one.file === chosen) ?? able.at(0);
  if (!file) return <NoFigure>{whyNot()}</NoFigure>;
  const names = fileNames(files.value);
  return (
    <div class="samples-panel">
      {able.length > 1 && (
        <Dropdown
          label={t('File')}
          value={file.file}
          options={able.map((one) => ({
            value: one.file,
            label: names[files.value.indexOf(one)],
          }))}
          onChange={(path) => {
            choose(path);
            const next = able.find((one) => one.file === path);
            if (next && drawing.peek()) draw(next);
          }}
        />
      )}
      <GeneratedSettings />
      <State file={file} />
      {drawn.value && <Drawn {...drawn.value} />}
    </div>
  );
}

function hasGenerator({ listing }: ShownFile): boolean {
  const { own, networks = [] } = listing.value ?? {};
  return own !== undefined && networks.some(({ role }) => role === 'generator');
}

/** Why nothing can be drawn, as far as the primary file tells. */
function whyNot(): string {
  const listing = files.value[0].listing.value;
  return listing?.own
    ? t('This checkpoint holds no generator, so there is nothing to draw.')
    : t(
        'Only checkpoints that SN-GAN wrote can be drawn from: other files hold weights, but not how a generator is built from them.',
      );
}

/** The way to the first picture, and what comes of the newest one. */
function State({ file }: { file: ShownFile }): JSX.Element {
  const now = drawing.value;
  const state = now?.asked.state.value;
  return (
    <div class="drawing-state" role="status">
      {!now && (
        <Button appearance="primary" icon="play" onClick={() => draw(file)}>
          {t('Draw')}
        </Button>
      )}
      {state === 'waiting' && (
        <span>
          <Icon name="loading" spin /> {t('Drawing…')}{' '}
          <Link onClick={stopDrawing}>{t('Cancel')}</Link>
        </span>
      )}
      {state === 'refused' && (
        <span class="bad">
          {now?.asked.why.value} <Link onClick={() => draw(file)}>{t('Try Again')}</Link>
        </span>
      )}
    </div>
  );
}
