import { programsOf } from "../support/examples";

export const programs = programsOf({
  type: "aws:cloudwatch/logGroup:LogGroup",
  clean: { retentionInDays: 30 },
  wrong: [
    [{ retentionInDays: 0 }, "keeps logs for ever"],
    [{ retentionInDays: undefined }, "keeps logs for ever"],
  ],
});
