import type { JSX } from 'preact';
import { markPath } from '../../figures/marks';
import { lineColour, lineMark } from '../../figures/palette';

/** The shape of a file in its colour: beside its name wherever it stands among others. */
export function FileMark({ index }: { readonly index: number }): JSX.Element {
  return (
    <svg class="file-mark" width={12} height={12} aria-hidden="true">
      <path d={markPath(lineMark(index), 6, 6, 4)} fill={lineColour(index)} />
    </svg>
  );
}

export interface FileNameProps {
  readonly name: string;
  readonly index: number;
}

/** A file's name with its mark. */
export function FileName({ name, index }: FileNameProps): JSX.Element {
  return (
    <span class="file-name" title={name}>
      <FileMark index={index} />
      <span>{name}</span>
    </span>
  );
}
