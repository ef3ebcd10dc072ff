import { programsOf } from "../support/examples";
import { onDemandTable } from "../support/well-built";

export const programs = programsOf({
  type: "aws:dynamodb/table:Table",
  clean: { ...onDemandTable, serverSideEncryption: { enabled: true } },
  wrong: [
    [
      { serverSideEncryption: { enabled: false } },
      "is encrypted with a key that is not in the account",
    ],
    [{ serverSideEncryption: undefined }, "is encrypted with a key that is not in the account"],
  ],
  asks: { serverSideEncryption: "serverSideEncryption.enabled" },
});
