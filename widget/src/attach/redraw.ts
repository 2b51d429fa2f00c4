/** A picture as a JPEG of a size that shows all there is to see: a photo of a telephone, or of a kind that others could not open. */

/** The longer side, in pixels; the next where the file is still too large. */
const SIDES = [2_560, 1_600, 1_000, 640];
const QUALITY = 0.85;

/** Null where this browser cannot read it, gives no true picture back, or no size is small enough. */
export async function redraw(file: Blob, maxBytes: number): Promise<Blob | null> {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture || !isTrue()) return null;
  try {
    for (const side of SIDES) {
      const made = await drawn(picture, side);
      if (made && made.size <= maxBytes) return made;
    }
    return null;
  } finally {
    picture.close();
  }
}

function drawn(picture: ImageBitmap, side: number): Promise<Blob | null> {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, picture.width * scale);
  canvas.height = Math.max(1, picture.height * scale);
  const { width, height } = canvas;
  const context = canvas.getContext('2d');
  if (!context) return Promise.resolve(null);
  // JPEG has no transparency; it would be black.
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(picture, 0, 0, width, height);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', QUALITY));
}

/** Browsers that guard against being recognised give noise in place of what was drawn: of a white point, hardly ever white. */
function isTrue(): boolean {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return false;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, 8, 8);
  // A few let single values be off by one.
  return context.getImageData(0, 0, 8, 8).data.every((value) => value > 250);
}
