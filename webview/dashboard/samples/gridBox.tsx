import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { GridLayout } from '../../../src/shared/gridLayout';
import { formatCount } from '../../ui/format';
import { view } from '../viewState';
import { CellGrid } from './cellGrid';
import { MissingPicture } from './missingPicture';
import { usePanning } from './panning';
import { PictureCanvas } from './pictureCanvas';
import { useBoxWidth } from '../../ui/useBoxWidth';
import type { ShownPicture } from './usePicture';
import { useShownSize } from './useShownSize';
import { windowHeight } from './windowHeight';
import { fitted } from './zoomKeys';

/** Of the height of the window, so that a grid and what belongs to it are seen at once. */
const HEIGHT_SHARE = 0.72;
const LEAST_HEIGHT = 240;

export interface GridBoxProps {
  readonly picture: ShownPicture;
  /** The file that is shown, for people. */
  readonly file: string;
  /** What is to be seen, in words. */
  readonly label: string;
  /** Where the images lie in a picture of this size; without, its images are not told apart. */
  readonly layoutOf?: (picture: { width: number; height: number }) => GridLayout;
}

/** A grid in its box: fitted, or larger than it and moved by dragging and scrolling. */
export function GridBox({ picture, file, label, layoutOf }: GridBoxProps): JSX.Element {
  const [room, width] = useBoxWidth();
  const { shown, failed, retry } = picture;
  const size = useShownSize(shown);
  const { scale: chosen } = view.samples.value;
  const height = Math.max(LEAST_HEIGHT, HEIGHT_SHARE * windowHeight.value);
  const fit = size && width > 0 ? Math.min(width / size.width, height / size.height) : 1;
  const scale = chosen === 0 ? fit : chosen;
  const box = usePanning(scale, fit);
  useEffect(() => {
    fitted.value = fit;
  }, [fit]);
  return (
    <div class="samples-room" ref={room}>
      {failed && <MissingPicture file={file} retry={retry} />}
      <div
        class={`samples-box${scale > fit ? ' larger' : ''}`}
        ref={box}
        hidden={failed}
        style={{ maxHeight: `${height}px`, overflow: chosen === 0 ? 'hidden' : 'auto' }}
      >
        {shown !== undefined && size && width > 0 && (
          <Picture {...{ address: shown, scale, label }} layout={layoutOf?.(size)} />
        )}
      </div>
    </div>
  );
}

function Picture(props: {
  address: string;
  scale: number;
  label: string;
  layout: GridLayout | undefined;
}): JSX.Element {
  const { address, scale, label, layout } = props;
  if (!layout) return <PictureCanvas address={address} scale={scale} label={label} />;
  const { count, rows, columns } = layout;
  const shape = t(
    '{0}: {1} images in {2} rows and {3} columns',
    label,
    formatCount(count),
    formatCount(rows),
    formatCount(columns),
  );
  return (
    <CellGrid layout={layout} scale={scale} label={shape}>
      <PictureCanvas address={address} scale={scale} />
    </CellGrid>
  );
}
