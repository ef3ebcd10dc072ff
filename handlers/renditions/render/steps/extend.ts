import { colourOf } from "../colour";
import { turnSize } from "../turn";
import type { Step } from "./step";

/** Puts the picture on the canvas of its box, where it does not fill it. */
export const extend: Step = (image, { operations, plan: { scaled, turn, canvas } }) => {
  if (!canvas) {
    return image;
  }
  const { left, top } = canvas;
  const { width, height } = turnSize(scaled, turn);
  const right = canvas.width - left - width;
  const bottom = canvas.height - top - height;
  return image.extend({ left, top, right, bottom, background: colourOf(operations.background) });
};
