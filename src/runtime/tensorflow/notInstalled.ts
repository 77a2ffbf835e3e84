/** What to do when there is no TensorFlow. */
export const notInstalled =
  'TensorFlow is not installed for sn-gan; run `sn-gan runtime install` (about 0.3 GB to download).';
