import { t } from '@vscode/l10n';
import type { ComponentChildren, JSX } from 'preact';
import type { RunView } from '../../../src/shared/dashboard';
import { Icon } from '../../ui/icon';
import { formatCount } from '../../ui/format';
import { gridAddress, gridFile } from './addresses';
import { GridBox } from './gridBox';
import { gridOfPicture } from './gridOfPicture';
import { markedCell } from './markedCell';
import { usePicture } from './usePicture';

export interface GridPaneProps {
  readonly run: RunView;
  readonly step: number;
  /** Instead of the step: what tells this grid from others. */
  readonly caption?: ComponentChildren;
  /** Below the grid. */
  readonly children?: ComponentChildren;
}

/** One sample grid with what it shows above it. */
export function GridPane({ run, step, caption, children }: GridPaneProps): JSX.Element {
  const picture = usePicture(gridAddress(run, step));
  return (
    <figure class="samples-figure">
      <figcaption class="samples-caption">
        {caption ?? <span>{t('Step {0}', formatCount(step))}</span>}
        {picture.late && <Icon name="loading" spin />}
        <MarkedSample count={run.config?.samples.count} />
      </figcaption>
      <GridBox
        picture={picture}
        file={gridFile(step)}
        label={t('Samples of {0} at step {1}', run.name, formatCount(step))}
        layoutOf={(size) => gridOfPicture(size, run.config)}
      />
      {children && <div class="samples-below">{children}</div>}
    </figure>
  );
}

/** Which image the pointer or the keyboard is at. */
function MarkedSample({ count }: { count: number | undefined }): JSX.Element | null {
  const marked = markedCell.value;
  if (marked === null || count === undefined || marked >= count) return null;
  return <span class="samples-marked">{t('sample {0}', formatCount(marked + 1))}</span>;
}
