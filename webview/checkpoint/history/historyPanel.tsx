import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { Plot } from '../../figures/plot/plot';
import { nearestStep } from '../drift/driftData';
import { fileNames } from '../figures/names';
import { useRunChoice } from '../figures/runChoice';
import { figureSaving } from '../figures/saving';
import { NoFigure, Refused, Waiting } from '../figures/states';
import { useAnswer } from '../figures/useAnswers';
import { files, type ShownFile } from '../files';
import { view } from '../viewState';
import { historySpecs } from './historySpec';

const HEIGHT = 280;

/** What the run logged of its layers: how near sigma(W-bar) stayed to 1 (Fig. 9). */
export function HistoryPanel(): JSX.Element {
  const { file, choice } = useRunChoice();
  if (!file) {
    return (
      <div class="figure-panel">
        <NoFigure>
          {files.value.at(0)?.listing.value
            ? t(
                'The history comes from the log of a run. This file does not lie in the folder of a run of SN-GAN, so nothing is known of its training.',
              )
            : t('The history is drawn as soon as the file has been read.')}
        </NoFigure>
      </div>
    );
  }
  return (
    <div class="figure-panel">
      {choice}
      <RunHistory key={file.file} file={file} />
    </div>
  );
}

function RunHistory({ file }: { readonly file: ShownFile }): JSX.Element {
  const asked = useAnswer({ file, question: { kind: 'history' } });
  const answer = asked?.parts.value.at(0);
  const own = file.listing.value?.own;
  const marked = view.step.value ?? own?.step;
  const specs = useMemo(() => (answer ? historySpecs(answer, marked) : []), [answer, marked]);
  if (asked?.state.value === 'refused') return <Refused why={asked.why.value} />;
  if (!answer) return <Waiting>{t('Reading the log of the run …')}</Waiting>;
  if (specs.length === 0) {
    return (
      <NoFigure>
        {t(
          'This run has logged no norms of its layers. Runs with spectral normalisation log them at every sampling step.',
        )}
      </NoFigure>
    );
  }
  const [words] = fileNames([file]);
  const pick = (step: number): void => {
    const steps = own?.checkpoints.map((checkpoint) => checkpoint.step) ?? [];
    const nearest = steps[nearestStep(steps, step)] as number | undefined;
    if (nearest !== undefined) view.step.value = nearest;
  };
  return (
    <>
      {specs.map((spec) => (
        <Plot
          key={spec.title}
          spec={spec}
          height={HEIGHT}
          words={[words, spec.title]}
          exporting={figureSaving()}
          onPick={pick}
        />
      ))}
      <p class="figure-note">
        {t(
          'The upright line is the step of the drift’s scrubber; a click goes to the checkpoint nearest to it. Power iteration makes one round a step, so σ(W̄) lies a little above 1 while weights change quickly.',
        )}
      </p>
    </>
  );
}
