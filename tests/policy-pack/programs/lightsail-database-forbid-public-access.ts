import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:lightsail/database:Database",
  clean: { blueprintId: "postgres_16", publiclyAccessible: false },
  alsoClean: [{ publiclyAccessible: undefined }],
  wrong: [[{ publiclyAccessible: true }, "has a public address"]],
});
