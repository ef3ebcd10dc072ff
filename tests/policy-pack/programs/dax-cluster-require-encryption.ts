import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:dax/cluster:Cluster",
  clean: { nodeType: "dax.t3.small", serverSideEncryption: { enabled: true } },
  wrong: [
    [{ serverSideEncryption: { enabled: false } }, "is not encrypted"],
    [{ serverSideEncryption: undefined }, "is not encrypted"],
  ],
  asks: { serverSideEncryption: "serverSideEncryption.enabled" },
});
