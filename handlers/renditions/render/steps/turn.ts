import type { Step } from "./step";

/** Lays the scaled picture as its orientation and the operations say; mirrored first, then turned. */
export const turn: Step = (image, { plan }) => {
  const { mirrored, degrees } = plan.turn;
  const laid = mirrored ? image.flop() : image;
  return degrees === 0 ? laid : laid.rotate(degrees);
};
