import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { view } from '../viewState';
import { BesidePane } from './besidePane';
import { EnlargedCell } from './enlargedCell';
import { GridPane } from './gridPane';
import { NoGrid } from './noGrid';
import { RealPane } from './realPane';
import './samples.css';
import { gridStep, sampledRun } from './shownGrid';
import { SamplesToolbar } from './samplesToolbar';

/** The sample grids of a run: the one that the scrubber chooses, and what is put beside it. */
export function Samples(): JSX.Element {
  const run = sampledRun.value?.view.value;
  const step = gridStep.value;
  if (!run) return <div class="samples" />;
  const { cell, showReal, beside } = view.samples.value;
  return (
    <div class="samples">
      <SamplesToolbar run={run} step={step} />
      {step === undefined ? (
        <NoGrid run={run} />
      ) : cell !== null ? (
        <EnlargedCell run={run} step={step} cell={cell} />
      ) : (
        <div class="samples-panes" role="group" aria-label={t('Sample grids')}>
          <GridPane run={run} step={step} />
          {beside && <BesidePane main={run} step={step} beside={beside} />}
          {showReal && <RealPane run={run} />}
        </div>
      )}
      {step === undefined && showReal && <RealPane run={run} />}
    </div>
  );
}
