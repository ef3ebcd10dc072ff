import type { Step } from "./step";

/** Blurs, sharpens and takes away colours. */
export const filter: Step = (image, { operations: { blur, sharpen, grayscale } }) => {
  const blurred = blur === undefined ? image : image.blur(blur);
  const sharpened = sharpen === undefined ? blurred : blurred.sharpen({ sigma: sharpen });
  // sharp's own grayscale would take them from the watermark, too.
  return grayscale ? sharpened.modulate({ saturation: 0 }) : sharpened;
};
