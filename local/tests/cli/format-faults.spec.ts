import assert from "node:assert/strict";
import { formatCounts, formatRules } from "../../cli/format-faults";
import { parseFaultRules } from "../../faults/parse-fault-rules";

describe("formatRules", () => {
  it("prints what can be given to --faults again", () => {
    const rules = parseFaultRules("s3:PutObject=0.1,lambda=crash:1");
    assert.equal(formatRules(rules), "s3:PutObject=error:0.1,lambda:*=crash:1");
    assert.deepEqual(parseFaultRules(formatRules(rules)), rules);
  });
});

describe("formatCounts", () => {
  it("prints the faults of each target by kind", () => {
    assert.equal(
      formatCounts({ "s3:PutObject": { error: 12, drop: 3 }, "lambda:Invoke": { crash: 1 } }),
      "lambda:Invoke 1 crash; s3:PutObject 12 error, 3 drop",
    );
  });

  it("says when there were none", () => {
    assert.equal(formatCounts({}), "none");
  });
});
