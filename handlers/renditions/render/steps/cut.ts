import type { Step } from "./step";

/** Keeps the part of the scaled picture that fills the box. */
export const cut: Step = (image, context) => (context.cut ? image.extract(context.cut) : image);
