import type { Step } from "./step";

/** Scales to the pixels that were planned; ratios, boxes and enlargement are in the plan. */
export const resize: Step = (image, { plan }) => image.resize({ ...plan.scaled, fit: "fill" });
