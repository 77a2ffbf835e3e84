import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { RunView } from '../../../src/shared/dashboard';
import { formatCount } from '../../ui/format';
import { gridAddress } from './addresses';
import { cellPart } from './cellPart';
import { gridOfPicture } from './gridOfPicture';
import { PictureCanvas } from './pictureCanvas';
import { usePicture } from './usePicture';
import { useShownSize } from './useShownSize';

const SIDE = 64;

export interface FilmFrameProps {
  readonly run: RunView;
  readonly step: number;
  readonly cell: number;
  readonly current: boolean;
  readonly choose: () => void;
}

/** One image at one step; its grid is loaded once the frame comes into sight. */
export function FilmFrame({ run, step, cell, current, choose }: FilmFrameProps): JSX.Element {
  const ref = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    const frame = ref.current;
    if (!frame) return;
    const observer = new IntersectionObserver(([entry]) => setSeen(entry.isIntersecting));
    observer.observe(frame);
    return () => observer.disconnect();
  }, []);
  const { shown, failed } = usePicture(seen ? gridAddress(run, step) : undefined);
  const size = useShownSize(shown);
  const layout = size && gridOfPicture(size, run.config);
  return (
    <div
      ref={ref}
      class="samples-frame"
      role="option"
      tabIndex={current ? 0 : -1}
      aria-selected={current}
      aria-label={
        failed ? t('Step {0}, missing', formatCount(step)) : t('Step {0}', formatCount(step))
      }
      onClick={choose}
    >
      <span class="samples-frame-picture">
        {shown !== undefined && layout && cell < layout.count && (
          <PictureCanvas
            address={shown}
            part={cellPart(layout, cell)}
            scale={SIDE / layout.cellWidth}
          />
        )}
      </span>
      <span class="samples-frame-step">{formatCount(step)}</span>
    </div>
  );
}
