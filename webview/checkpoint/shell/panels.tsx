import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { Tabs } from '../../ui/tabs';
import { ContentsPanel } from '../contents/contentsPanel';
import { DriftPanel } from '../drift/driftPanel';
import { SamplesPanel } from '../generated/samplesPanel';
import { HistoryPanel } from '../history/historyPanel';
import { IterationPanel } from '../iteration/iterationPanel';
import { SpectrumPanel } from '../spectrum/spectrumPanel';
import { panels, view, type PanelName } from '../viewState';
import { WeightsPanel } from '../weights/weightsPanel';

/** Under the table of layers: figures and pictures, one kind at a time. */
export function Panels(): JSX.Element {
  const names = panelNames();
  return (
    <section class="panels" aria-label={t('Figures')}>
      <Tabs
        label={t('Figures')}
        tabs={panels.map((name) => ({ name, label: names[name] }))}
        chosen={view.panel.value}
        onChoose={(name) => (view.panel.value = name)}
      >
        <Panel name={view.panel.value} />
      </Tabs>
    </section>
  );
}

function Panel({ name }: { name: PanelName }): JSX.Element {
  switch (name) {
    case 'spectrum':
      return <SpectrumPanel />;
    case 'drift':
      return <DriftPanel />;
    case 'history':
      return <HistoryPanel />;
    case 'iteration':
      return <IterationPanel />;
    case 'weights':
      return <WeightsPanel />;
    case 'samples':
      return <SamplesPanel />;
    case 'file':
      return <ContentsPanel />;
  }
}

function panelNames(): Readonly<Record<PanelName, string>> {
  return {
    spectrum: t('Spectrum'),
    drift: t('Drift'),
    history: t('History'),
    iteration: t('Power Iteration'),
    weights: t('Weights'),
    samples: t('Samples'),
    file: t('File'),
  };
}
