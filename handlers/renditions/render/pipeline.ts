import type { Sharp } from "sharp";
import { crop } from "./steps/crop";
import { cut } from "./steps/cut";
import { extend } from "./steps/extend";
import { filter } from "./steps/filter";
import { flatten } from "./steps/flatten";
import { resize } from "./steps/resize";
import type { Step, StepContext } from "./steps/step";
import { turn } from "./steps/turn";
import { watermark } from "./steps/watermark";

/**
 * The steps, in their order. sharp has an order of its own for what one image is told: this is
 * compatible with it, wherever the order makes a difference.
 */
const steps: readonly Step[] = [crop, resize, turn, cut, flatten, extend, filter, watermark];

/** Tells an image all that is to be done with it before it is encoded. */
export function applySteps(image: Sharp, context: StepContext): Sharp {
  return steps.reduce((done, step) => step(done, context), image);
}
