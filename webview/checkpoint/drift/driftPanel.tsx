import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { LayerListing } from '../../../src/shared/inspection';
import type { DriftAnswer } from '../../../src/shared/inspectionQuestions';
import { formatReading } from '../../figures/format';
import { StepScrubber } from '../../figures/stepScrubber';
import { Checkbox } from '../../ui/checkbox';
import { formatCount, formatShare } from '../../ui/format';
import { chosenLayers, counterpart, shortName } from '../figures/chosen';
import { fileNames } from '../figures/names';
import { useRunChoice } from '../figures/runChoice';
import { NoFigure, Refused, Waiting } from '../figures/states';
import { useAnswer } from '../figures/useAnswers';
import { files, type ShownFile } from '../files';
import { view } from '../viewState';
import { driftOf, nearestStep } from './driftData';
import { DriftFigure } from './driftFigure';
import { StepSpectrum } from './stepSpectrum';

/** How the spectrum of the chosen layer changed over the checkpoints of its run. */
export function DriftPanel(): JSX.Element {
  const [primary] = files.value;
  const layer = chosenLayers.value.at(0);
  const { file, choice } = useRunChoice();
  const own = file && layer ? counterpart(file, layer) : undefined;
  return (
    <div class="figure-panel">
      {file && own ? (
        <>
          {choice}
          <RunDrift key={`${file.file} ${own.name}`} file={file} layer={own} />
        </>
      ) : (
        <NoFigure>{whyNone(primary, layer, file)}</NoFigure>
      )}
    </div>
  );
}

function whyNone(
  primary: ShownFile | undefined,
  layer: LayerListing | undefined,
  file: ShownFile | undefined,
): string {
  if (!primary?.listing.value) return t('The drift is drawn as soon as the file has been read.');
  if (!layer) return t('This file has no layer whose spectrum could change.');
  if (!file) {
    return t(
      'The drift goes through all checkpoints of a run. This file does not lie in the folder of a run of SN-GAN, so there is only the one spectrum.',
    );
  }
  return t('The run has no layer like {0}.', shortName(layer));
}

interface RunDriftProps {
  readonly file: ShownFile;
  readonly layer: LayerListing;
}

function RunDrift({ file, layer }: RunDriftProps): JSX.Element {
  const asked = useAnswer({ file, question: { kind: 'drift', layer: layer.name } });
  const parts = asked?.parts.value;
  const drift = useMemo(() => driftOf(parts ?? []), [parts]);
  const steps = drift.points.map(({ step }) => step);
  const own = file.listing.value?.own?.step ?? 0;
  const at = nearestStep(steps, view.step.value ?? own);
  const go = (index: number): void => {
    view.step.value = steps[index] ?? null;
  };
  const point = drift.points.at(at);
  const state = asked?.state.value ?? 'waiting';
  if (state === 'refused') return <Refused why={asked?.why.value ?? ''} />;
  if (!point) return <Waiting>{t('Reading the checkpoints of the run …')}</Waiting>;
  const name = shortName(layer);
  const [words] = fileNames([file]);
  return (
    <>
      <div class="figure-choices">
        <Checkbox
          label={t('Ridges')}
          checked={view.preferences.value.ridges}
          onChange={(ridges) => {
            view.preferences.value = { ...view.preferences.peek(), ridges };
          }}
        />
        {state === 'waiting' && (
          <span class="drift-progress">
            <progress max={drift.total} value={drift.done} aria-label={t('Checkpoints read')} />
            {t('{0} of {1} checkpoints', formatCount(drift.done), formatCount(drift.total))}
          </span>
        )}
      </div>
      <StepScrubber
        label={t('Checkpoint')}
        count={steps.length}
        index={at}
        textOf={(i) =>
          t('step {0}, {1} of {2}', ...[steps[i] ?? 0, i + 1, steps.length].map(formatCount))
        }
        onGo={go}
      />
      <Facts point={point} />
      <div class="figure-beside">
        <DriftFigure
          title={t('Spectrum of {0} over training', name)}
          words={[words, name, t('drift')]}
          drift={drift}
          at={at}
          onGo={go}
        />
        <StepSpectrum drift={drift} at={at} own={own} name={name} words={words} />
      </div>
      {drift.points
        .filter(({ flaw }) => flaw !== undefined)
        .map(({ step, flaw }) => (
          <p key={step} class="figure-note">
            {t('Step {0}: {1}', formatCount(step), flaw ?? '')}
          </p>
        ))}
    </>
  );
}

/** What the step's spectrum comes down to. */
function Facts({
  point: { values, estimate },
}: {
  readonly point: DriftAnswer;
}): JSX.Element | null {
  if (values.length === 0) return null;
  const [largest] = values;
  const small = values.filter((value) => value < largest / 10).length / values.length;
  const facts: [string, string][] = [
    ['σ₁(W)', formatReading(largest)],
    ...(estimate === null
      ? []
      : [[t('exact σ(W̄)'), formatReading(largest / estimate)] satisfies [string, string]]),
    [t('below a tenth'), formatShare(small)],
  ];
  return (
    <dl class="figure-facts">
      {facts.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
