import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:appsync/apiCache:ApiCache",
  clean: { type: "SMALL", atRestEncryptionEnabled: true, transitEncryptionEnabled: true },
  wrong: [
    [{ atRestEncryptionEnabled: false }, "is not encrypted"],
    [{ transitEncryptionEnabled: undefined }, "is reached without TLS"],
  ],
});
