import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { PictureAnswer } from '../../../src/shared/inspectionQuestions';
import { fileName } from '../../figures/fileName';
import { IconButton } from '../../ui/iconButton';
import { send } from '../connection';
import { fileNames } from '../figures/names';
import { enlargedPng } from '../weights/enlargedPng';
import type { Drawing } from './drawing';
import { ImageCanvas } from './imageCanvas';
import { columnOf, rgbImage } from './rgbImage';

/** Enlargement of a saved picture, whose images of 32 pixels would be stamps. */
const ENLARGEMENT = 4;
/** Wanted width of an image on the page, in CSS pixels. */
const SHOWN = 72;

export interface DrawnProps {
  readonly drawing: Drawing;
  readonly picture: PictureAnswer;
}

/** A picture that has come, and what can be done with it. */
export function Drawn({ drawing, picture }: DrawnProps): JSX.Element {
  const { question, file } = drawing;
  const image = useMemo(() => rgbImage(picture), [picture]);
  const scale = Math.max(1, Math.round(SHOWN / picture.size));
  const words = wordsOf(drawing, picture);
  return (
    <figure class="drawn">
      <ImageCanvas image={image} scale={scale} label={words} />
      {question.kind === 'interpolation' && (
        <Place image={image} picture={picture} question={question} />
      )}
      <figcaption class="dim">
        {words}
        <IconButton
          icon="save"
          label={t('Save Picture')}
          onClick={() => void save(image, [...fileNames([file]), fileWord(drawing)])}
        />
      </figcaption>
    </figure>
  );
}

interface PlaceProps {
  readonly image: ImageData;
  readonly picture: PictureAnswer;
  readonly question: { readonly fromSeed: number; readonly toSeed: number };
}

/** All paths at one place, enlarged; the slider goes along them. */
function Place({ image, picture, question }: PlaceProps): JSX.Element {
  const { size, columns } = picture;
  const [asked, setAsked] = useState(0);
  const at = Math.min(asked, columns - 1);
  const part = useMemo(() => columnOf(image, size, at), [image, size, at]);
  const place = t('{0} of {1}', at + 1, columns);
  const label = t('From seed {0} to seed {1}', question.fromSeed, question.toSeed);
  return (
    <div class="place">
      <label>
        <span>{label}</span>
        <input
          type="range"
          min={0}
          max={columns - 1}
          step={1}
          value={at}
          aria-valuetext={place}
          onInput={({ currentTarget }) => setAsked(Number(currentTarget.value))}
        />
        <span class="dim">{place}</span>
      </label>
      <ImageCanvas
        image={part}
        scale={Math.max(1, Math.round((2 * SHOWN) / size))}
        label={t('{0}: {1}', label, place)}
      />
    </div>
  );
}

function wordsOf({ question }: Drawing, { count }: PictureAnswer): string {
  return question.kind === 'samples'
    ? t('{0} images from seed {1}.', count, question.seed)
    : t('Paths from seed {0} to seed {1}.', question.fromSeed, question.toSeed);
}

function fileWord({ question }: Drawing): string {
  return question.kind === 'samples'
    ? t('seed {0}', question.seed)
    : t('seeds {0} to {1}', question.fromSeed, question.toSeed);
}

async function save(image: ImageData, words: readonly string[]): Promise<void> {
  const contents = await enlargedPng(image, ENLARGEMENT);
  if (contents) send({ type: 'save', name: fileName(words, 'png'), contents });
}
