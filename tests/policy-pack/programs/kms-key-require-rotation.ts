import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:kms/key:Key",
  clean: { description: "orders", enableKeyRotation: true },
  wrong: [
    [{ enableKeyRotation: false }, "is never rotated"],
    [{ enableKeyRotation: undefined }, "is never rotated"],
  ],
});
