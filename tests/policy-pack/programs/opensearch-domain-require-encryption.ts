import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: ["aws:opensearch/domain:Domain", "aws:elasticsearch/domain:Domain"],
  clean: { encryptAtRest: { enabled: true } },
  wrong: [
    [{ encryptAtRest: undefined }, "is not encrypted"],
    [{ encryptAtRest: { enabled: false } }, "is not encrypted"],
  ],
  asks: { encryptAtRest: "encryptAtRest.enabled" },
});
