import { UserError } from '../../shared/userError';
import type { ByteStream } from '../byteStream';
import type { RgbImage } from '../../runs/png';
import type { SourceImage, Split } from '../imageSource';
import { cifar100Classes, cifar10Classes, stl10Classes } from './classNames';

/** A file of equally long records without a header: the formats of CIFAR and STL-10. */
export interface RecordFormat {
  readonly name: string;
  /** Bytes before the pixels; the last of them is the label. */
  readonly labelBytes: number;
  readonly side: number;
  readonly classes: readonly string[];
  /** Planes of red, green and blue to RGB pixels. */
  readonly toRgb: (planes: Uint8Array) => Uint8Array;
}

export const cifar10: RecordFormat = {
  name: 'CIFAR-10 binary',
  labelBytes: 1,
  side: 32,
  classes: cifar10Classes,
  toRgb: (planes) => fromPlanes(planes, 32, 'rows'),
};

/** Its two labels are coarse and fine; the fine one, which is the last, counts. */
export const cifar100: RecordFormat = {
  ...cifar10,
  name: 'CIFAR-100 binary',
  labelBytes: 2,
  classes: cifar100Classes,
};

/** Planes of columns; labels are in a file of their own. */
export const stl10: RecordFormat = {
  name: 'STL-10 binary',
  labelBytes: 0,
  side: 96,
  classes: stl10Classes,
  toRgb: (planes) => fromPlanes(planes, 96, 'columns'),
};

export function recordBytes(format: RecordFormat): number {
  return format.labelBytes + 3 * format.side ** 2;
}

/** The format whose records fill a file of this many bytes; these files have no other mark. */
export function recordFormatOf(bytes: number): RecordFormat | undefined {
  if (bytes === 0) return undefined;
  return [cifar10, cifar100, stl10].find((format) => bytes % recordBytes(format) === 0);
}

/** The split that a file name such as `test_batch.bin` or `train_X.bin` tells. */
export function splitOfRecordFile(file: string): Split | undefined {
  if (/(^|[\\/])(test|t10k|val)/i.test(file)) return 'test';
  return /(^|[\\/])(train|data_batch|unlabeled)/i.test(file) ? 'train' : undefined;
}

/** Where a stream of records comes from. */
export interface RecordOrigin {
  /** Names it in messages. */
  readonly file: string;
  readonly split: Split | undefined;
  /** 1-based labels of an STL-10 file, where they are known. */
  readonly labels?: Uint8Array | undefined;
}

/**
 * The images of one file of records.
 *
 * @throws UserError when a label is out of range or the last record is cut off
 */
export async function* recordImages(
  bytes: ByteStream,
  format: RecordFormat,
  origin: RecordOrigin,
): AsyncGenerator<SourceImage> {
  const { file, split, labels } = origin;
  const length = recordBytes(format);
  for (let i = 0; ; i++) {
    const record = await bytes.read(length);
    if (record.length === 0) return;
    if (record.length < length) {
      throw new UserError(
        `"${file}" ends within record ${i + 1}: as ${format.name} it needs a multiple of ${length} bytes; fetch it again.`,
      );
    }
    const label = format.labelBytes > 0 ? record[format.labelBytes - 1] : labelAt(labels, i);
    if (label !== undefined && label >= format.classes.length) {
      throw new UserError(
        `"${file}" is not ${format.name}: record ${i + 1} has the label ${label}, the largest is ${format.classes.length - 1}.`,
      );
    }
    const planes = record.subarray(format.labelBytes);
    yield {
      name: `${file} #${i + 1}`,
      folders: label === undefined ? [] : [format.classes[label]],
      split,
      decode: (): RgbImage => ({
        width: format.side,
        height: format.side,
        data: format.toRgb(planes),
      }),
    };
  }
}

function labelAt(labels: Uint8Array | undefined, i: number): number | undefined {
  const label = labels?.[i];
  return label === undefined ? undefined : label - 1;
}

/** [3, side, side] to [side, side, 3]; the planes lie by rows or by columns. */
function fromPlanes(planes: Uint8Array, side: number, order: 'rows' | 'columns'): Uint8Array {
  const plane = side * side;
  const alongX = order === 'rows' ? 1 : side;
  const alongY = order === 'rows' ? side : 1;
  const rgb = new Uint8Array(3 * plane);
  for (let y = 0, to = 0; y < side; y++) {
    for (let x = 0; x < side; x++, to += 3) {
      const from = y * alongY + x * alongX;
      rgb[to] = planes[from];
      rgb[to + 1] = planes[from + plane];
      rgb[to + 2] = planes[from + 2 * plane];
    }
  }
  return rgb;
}
