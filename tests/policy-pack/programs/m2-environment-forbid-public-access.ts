import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:m2/environment:Environment",
  clean: { engineType: "bluage", instanceType: "M2.m5.large", publiclyAccessible: false },
  alsoClean: [{ publiclyAccessible: undefined }],
  wrong: [[{ publiclyAccessible: true }, "has a public address"]],
});
