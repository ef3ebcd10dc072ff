import { colourOf } from "../colour";
import type { Step } from "./step";

/** Puts the background behind what is transparent. */
export const flatten: Step = (image, { operations, isOpaque }) =>
  isOpaque ? image.flatten({ background: colourOf(operations.background) }) : image;
