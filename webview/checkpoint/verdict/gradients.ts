import { signal } from '@preact/signals';
import type { FileListing, GradientBound, NetworkVerdict } from '../../../src/shared/inspection';
import type { GradientAnswer } from '../../../src/shared/inspectionQuestions';
import { ask, type Asked } from '../asking';
import type { ShownFile } from '../files';

/** A measurement of gradients that was asked for. */
interface Measurement {
  readonly listing: FileListing;
  readonly images: number;
  readonly asked: Asked<GradientAnswer>;
}

const measurements = signal<Readonly<Record<string, Measurement>>>({});

/** The newest measurement of a file; one of what the file held before does not count. */
export function measurementOf({ file, listing }: ShownFile): Measurement | undefined {
  const measured = measurements.value[file] as Measurement | undefined;
  return measured && measured.listing === listing.value ? measured : undefined;
}

/** What is known of the gradients of a file's discriminator. */
export function gradientsOf(
  file: ShownFile,
  verdict: NetworkVerdict | undefined,
): GradientBound | undefined {
  return measurementOf(file)?.asked.parts.value.at(-1) ?? verdict?.lower;
}

/** Asks for the norms of gradients at as many images of each kind. */
export function measureGradients(file: ShownFile, images: number): void {
  const listing = file.listing.peek();
  if (!listing) return;
  measurementOf(file)?.asked.drop();
  const asked = ask(file.file, { kind: 'gradients', images, seed: 0 });
  measurements.value = { ...measurements.peek(), [file.file]: { listing, images, asked } };
}

/** Stops a measurement that takes too long. */
export function stopMeasuring(file: ShownFile): void {
  measurementOf(file)?.asked.drop();
  const { [file.file]: _, ...rest } = measurements.peek();
  measurements.value = rest;
}
