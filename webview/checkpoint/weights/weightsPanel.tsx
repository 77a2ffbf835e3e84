import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { LayerListing } from '../../../src/shared/inspection';
import { Dropdown } from '../../ui/dropdown';
import { chosenLayers, counterpart, networkLayers, shortName } from '../figures/chosen';
import { fileNames } from '../figures/names';
import { NoFigure, Refused, Waiting } from '../figures/states';
import { useAnswer } from '../figures/useAnswers';
import { files, type ShownFile } from '../files';
import { isConvolution } from '../layers/geometry';
import { showLayer } from '../layers/selection';
import { HistogramFigure } from './histogramFigure';
import { KernelPicture } from './kernelPicture';
import './weights.css';

/** Kernels as pictures and the histogram of a layer's weights. */
export function WeightsPanel(): JSX.Element {
  const [chosenFile, chooseFile] = useState<string>();
  const layers = networkLayers.value;
  const layer = chosenLayers.value.at(0);
  if (!layer) return <NoFigure>{t('There are no layers to show.')}</NoFigure>;
  const shown = files.value.filter((file, i) => i === 0 || counterpart(file, layer) !== undefined);
  const file = shown.find((one) => one.file === chosenFile) ?? files.value[0];
  const same = file === files.value[0] ? layer : (counterpart(file, layer) ?? layer);
  const names = fileNames(files.value);
  return (
    <div class="weights-panel">
      <div class="figure-choices">
        <Dropdown
          label={t('Layer')}
          value={layer.name}
          options={layers.map((one) => ({ value: one.name, label: shortName(one) }))}
          onChange={showLayer}
        />
        {shown.length > 1 && (
          <Dropdown
            label={t('File')}
            value={file.file}
            options={shown.map((one) => ({
              value: one.file,
              label: names[files.value.indexOf(one)],
            }))}
            onChange={chooseFile}
          />
        )}
      </div>
      {isConvolution(same.geometry) ? (
        <Kernels file={file} layer={same} />
      ) : (
        <p class="dim">{t('Only convolutions have kernels to look at.')}</p>
      )}
      <HistogramFigure file={file} layer={same} />
    </div>
  );
}

function Kernels({ file, layer }: { file: ShownFile; layer: LayerListing }): JSX.Element {
  const asked = useAnswer({ file, question: { kind: 'kernels', layer: layer.name } });
  if (asked?.state.value === 'refused') return <Refused why={asked.why.value} />;
  const answer = asked?.parts.value.at(0);
  if (!answer) return <Waiting>{t('Reading the weights…')}</Waiting>;
  return <KernelPicture key={`${file.file} ${layer.name}`} layer={layer} answer={answer} />;
}
