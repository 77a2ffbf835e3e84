import type { RuntimeName } from '../shared/config';

/** What computes: a processor, a graphics card, or a processor that imitates a graphics card. */
export type DeviceKind = 'cpu' | 'gpu' | 'software';

/** The device a loaded backend computes on. */
export interface RuntimeDevice {
  /** Version of the library that computes. */
  readonly version: string;
  /** The device as a person knows it. */
  readonly device: string;
  readonly deviceKind: DeviceKind;
  /** Memory of the device in bytes; null where the library does not tell. */
  readonly memoryBytes: number | null;
}

/** A runtime that is loaded in this process. */
export interface RuntimeInfo extends RuntimeDevice {
  readonly name: RuntimeName;
}
