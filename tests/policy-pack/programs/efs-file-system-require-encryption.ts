import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:efs/fileSystem:FileSystem",
  clean: { throughputMode: "elastic", encrypted: true },
  wrong: [
    [{ encrypted: false }, "is not encrypted"],
    [{ encrypted: undefined }, "is not encrypted"],
  ],
});
