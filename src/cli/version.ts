declare const SN_GAN_VERSION: string;

/** The version in package.json, which the build puts in. */
export const version = SN_GAN_VERSION;
