import type { DeviceKind } from '../runtimeInfo';

/** What WebGPU tells about an adapter (GPUAdapterInfo). */
export interface AdapterInfo {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
  readonly isFallbackAdapter?: boolean;
}

/** Programs that imitate a graphics card: SwiftShader, Mesa's llvmpipe and lavapipe, Windows' WARP. */
const software = /swiftshader|llvmpipe|lavapipe|softpipe|microsoft basic render|\bwarp\b/i;

/** Whether an adapter is a graphics card or a processor that imitates one. */
export function adapterKind(info: AdapterInfo): DeviceKind {
  const words = [info.vendor, info.architecture, info.device, info.description].join(' ');
  const isSoftware =
    info.isFallbackAdapter === true ||
    software.test(words) ||
    /^cpu$/i.test(info.device) ||
    /^cpu$/i.test(info.architecture);
  return isSoftware ? 'software' : 'gpu';
}

/** Card and driver, as far as the adapter tells; it always tells its maker. */
export function adapterName(info: AdapterInfo): string {
  const told = [info.device, info.description].filter((text) => text !== '');
  return told.length > 0 ? told.join(', ') : `${info.vendor} ${info.architecture}`.trim();
}
