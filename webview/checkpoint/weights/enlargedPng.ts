/** Pixels of a side that every canvas takes. */
const MOST = 8192;

/** A picture as a PNG with crisp pixels, enlarged by a whole number as far as canvases go. */
export async function enlargedPng(
  image: ImageData,
  enlargement: number,
): Promise<Uint8Array | undefined> {
  const fits = Math.floor(MOST / Math.max(image.width, image.height));
  const scale = Math.max(1, Math.min(Math.round(enlargement), fits));
  const bitmap = await createImageBitmap(image);
  const canvas = document.createElement('canvas');
  canvas.width = image.width * scale;
  canvas.height = image.height * scale;
  const context = canvas.getContext('2d');
  if (!context) return undefined;
  context.imageSmoothingEnabled = false;
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  return blob ? new Uint8Array(await blob.arrayBuffer()) : undefined;
}
