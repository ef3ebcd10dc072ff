import type { Step } from "./step";

/** Takes a part out of the raster as it lies in the file. */
export const crop: Step = (image, { plan }) => (plan.crop ? image.extract(plan.crop) : image);
