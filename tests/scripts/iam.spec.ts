import { strict as assert } from "node:assert";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { GrantUsage, RoleUsage } from "../../local/aws/iam/usage";
import { allowList } from "../../scripts/iam/allow-list";
import { formatUsage } from "../../scripts/iam/format-usage";
import { findUnused } from "../../scripts/iam/unused-grants";
import { type FailingRun, startFailing } from "../support/failing-run";
import { allForUsers, useEverything, useTokens } from "../support/use-everything";

const stacks = {
  "without users": {},
  "with users": allForUsers,
};

for (const [which, config] of Object.entries(stacks)) {
  describe(`the grants of the program, of a stack ${which}`, function () {
    this.timeout(180_000);
    let run: FailingRun;
    let usage: RoleUsage[];

    before(async () => {
      run = await startFailing(config);
      await useEverything(run);
      if ("oidcIssuer" in config) {
        await useTokens(run);
      }
      await run.stop();
      usage = JSON.parse(readFileSync(join(run.dataDir, "iam-usage.json"), "utf8")) as RoleUsage[];
    });
    after(() => run.remove());

    it("are all used, but for those that the allow-list excuses", () => {
      assert.deepEqual(findUnused(usage, allowList), { unused: [], needless: [] });
    });

    it("suffice: no function was refused anything", () => {
      // S3 asks for the right to list where an object is gone, as when an image is deleted while it is
      // described. Functions list versions alone, which is another right.
      const refused = usage.flatMap((role) => role.refused);
      assert.deepEqual(
        refused.filter(({ action }) => action !== "s3:ListBucket"),
        [],
      );
    });

    it("are in a file that only its owner reads, without secrets", () => {
      const file = join(run.dataDir, "iam-usage.json");
      assert.equal(statSync(file).mode & 0o777, 0o600);
      assert.doesNotMatch(readFileSync(file, "utf8"), /ASIA|AKIA|[sS]ecretAccessKey/);
    });
  });
}

describe("the report of grants", () => {
  const grant: GrantUsage = {
    policy: "policy read",
    statement: "Read",
    action: "s3:Get*",
    resource: "arn:aws:s3:::photos/*",
    used: { "s3:GetObject": 2, "s3:GetObjectTagging": 1 },
  };
  const unused: GrantUsage = { ...grant, action: "s3:PutObject", used: {} };
  const trace: GrantUsage = { ...unused, statement: "Trace", action: "xray:Put", resource: "*" };
  const usage: RoleUsage[] = [
    {
      role: "reader",
      grants: [grant, unused, trace],
      refused: [{ action: "s3:ListBucket", resource: "*", explanation: "no", count: 3 }],
    },
  ];
  const excuse = { statement: "Trace", reason: "No traces here." };

  it("finds the grants that nothing used and nothing excuses", () => {
    assert.deepEqual(findUnused(usage, [excuse]), {
      unused: [
        'reader: nothing used s3:PutObject on arn:aws:s3:::photos/* (statement "Read" of policy read)',
      ],
      needless: [],
    });
  });

  it("finds the excuses that nothing needs", () => {
    const { needless } = findUnused(usage, [excuse, { action: "s3:Get*", reason: "Rare." }]);
    assert.deepEqual(needless, ["The allow-list excuses what is used or not granted: Rare."]);
  });

  it("shows what was granted, used, unused and refused, wildcards as the actions used", () => {
    assert.equal(
      formatUsage(usage, [excuse]),
      `reader
  action         resource               granted  used                                   unused  refused
  s3:Get*        arn:aws:s3:::photos/*  Read     s3:GetObject 2, s3:GetObjectTagging 1
  s3:PutObject   arn:aws:s3:::photos/*  Read                                            UNUSED
  xray:Put       *                      Trace                                           [1]
  s3:ListBucket  *                                                                              3

[1] No traces here.`,
    );
  });
});
