import { PbfWriter } from 'pbf';
import type { Histogram } from './histogram';

/**
 * The protocol buffers of TensorBoard's event files, as far as we write them; the numbers are the
 * fields of tensorflow/core/util/event.proto and tensorflow/core/framework/{summary,tensor}.proto.
 */

export type SummaryValue =
  | { readonly kind: 'scalar'; readonly tag: string; readonly value: number }
  | {
      readonly kind: 'image';
      readonly tag: string;
      readonly png: Uint8Array;
      readonly width: number;
      readonly height: number;
    }
  | { readonly kind: 'histogram'; readonly tag: string; readonly histogram: Histogram }
  | { readonly kind: 'text'; readonly tag: string; readonly markdown: string };

export interface Event {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step: number;
  readonly content:
    | { readonly kind: 'version' }
    /** A (re)start: TensorBoard forgets what it read of this step and later ones. */
    | { readonly kind: 'start' }
    | { readonly kind: 'summary'; readonly values: readonly SummaryValue[] };
}

const FILE_VERSION = 'brain.Event:2';
const SESSION_START = 1;
const COLOURSPACE_RGB = 3;
const DT_STRING = 7;

export function encodeEvent(event: Event): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeDoubleField(1, event.wallTime);
  pbf.writeVarintField(2, event.step);
  switch (event.content.kind) {
    case 'version':
      pbf.writeStringField(3, FILE_VERSION);
      break;
    case 'start':
      pbf.writeMessage(7, (status, log) => log.writeVarintField(1, status), SESSION_START);
      break;
    case 'summary':
      pbf.writeMessage(5, writeSummary, event.content.values);
  }
  return pbf.finish();
}

function writeSummary(values: readonly SummaryValue[], pbf: PbfWriter): void {
  for (const value of values) pbf.writeMessage(1, writeValue, value);
}

function writeValue(value: SummaryValue, pbf: PbfWriter): void {
  pbf.writeStringField(1, value.tag);
  switch (value.kind) {
    case 'scalar':
      pbf.writeFloatField(2, value.value);
      break;
    case 'image':
      pbf.writeMessage(4, writeImage, value);
      break;
    case 'histogram':
      pbf.writeMessage(5, writeHistogram, value.histogram);
      break;
    case 'text':
      pbf.writeMessage(9, writeTextMetadata, 'text');
      pbf.writeMessage(8, writeStringTensor, value.markdown);
  }
}

function writeImage(
  image: { readonly png: Uint8Array; readonly width: number; readonly height: number },
  pbf: PbfWriter,
): void {
  pbf.writeVarintField(1, image.height);
  pbf.writeVarintField(2, image.width);
  pbf.writeVarintField(3, COLOURSPACE_RGB);
  pbf.writeBytesField(4, image.png);
}

function writeHistogram(histogram: Histogram, pbf: PbfWriter): void {
  pbf.writeDoubleField(1, histogram.min);
  pbf.writeDoubleField(2, histogram.max);
  pbf.writeDoubleField(3, histogram.count);
  pbf.writeDoubleField(4, histogram.sum);
  pbf.writeDoubleField(5, histogram.sumOfSquares);
  pbf.writePackedDouble(6, histogram.limits);
  pbf.writePackedDouble(7, histogram.counts);
}

/** SummaryMetadata { plugin_data { plugin_name } }: which part of TensorBoard shows the value. */
function writeTextMetadata(plugin: string, pbf: PbfWriter): void {
  pbf.writeMessage(1, (name, data) => data.writeStringField(1, name), plugin);
}

/** TensorProto with one string. */
function writeStringTensor(text: string, pbf: PbfWriter): void {
  pbf.writeVarintField(1, DT_STRING);
  pbf.writeMessage(2, writeShape, [1]);
  pbf.writeStringField(8, text);
}

function writeShape(sides: readonly number[], pbf: PbfWriter): void {
  for (const side of sides) {
    pbf.writeMessage(2, (size, dimension) => dimension.writeVarintField(1, size), side);
  }
}
