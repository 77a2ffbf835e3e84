import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { Splitter } from '../ui/splitter';
import { useKeptScroll } from './keptScroll';
import { prefer, view } from './viewState';

/** Neither pane becomes so thin that nothing fits in. */
const SMALLEST_SHARE = 0.2;
const LARGEST_SHARE = 0.8;

/** Curves beside samples; in a narrow panel the samples above the curves. */
export function Panes(): JSX.Element {
  const body = useKeptScroll('body');
  const charts = useKeptScroll('charts');
  const samples = useKeptScroll('samples');
  const asked = view.preferences.value.samplesShare;
  const share = Math.min(LARGEST_SHARE, Math.max(SMALLEST_SHARE, asked));
  return (
    <main
      class="panes"
      ref={body}
      style={{ '--charts-share': `${1 - share}fr`, '--samples-share': `${share}fr` }}
    >
      <section class="pane charts-pane" ref={charts} aria-label={t('Curves')} />
      <Splitter
        label={t('Width of the curves')}
        share={1 - share}
        smallest={1 - LARGEST_SHARE}
        largest={1 - SMALLEST_SHARE}
        onChange={(next) => prefer({ samplesShare: 1 - next })}
      />
      <section class="pane samples-pane" ref={samples} aria-label={t('Samples')} />
    </main>
  );
}
