import type { OverlayOptions, Sharp } from "sharp";
import type { Operations } from "../../operations";
import type { Plan } from "../plan";
import type { Rectangle } from "../turn";

/** What steps go by. */
export interface StepContext {
  readonly operations: Operations;
  readonly plan: Plan;
  /** Which part of the scaled picture is kept, where the plan says that one is. */
  readonly cut?: Rectangle | undefined;
  /** Whether what may be transparent is not to be. */
  readonly isOpaque: boolean;
  /** The watermark, if there is one. */
  readonly overlay?: OverlayOptions | undefined;
}

/** One step of rendering: adds to what is to be done with an image, if it has anything to add. */
export type Step = (image: Sharp, context: StepContext) => Sharp;
