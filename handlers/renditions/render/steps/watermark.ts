import type { Step } from "./step";

/** Lays the watermark over the rendition. */
export const watermark: Step = (image, { overlay }) =>
  overlay ? image.composite([overlay]) : image;
