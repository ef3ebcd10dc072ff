import assert from "node:assert/strict";
import { readAppSpec, readRevision, revisionOf } from "../../../aws/codedeploy/app-spec";
import { appSpec } from "./support/deploy-fixture";

const shift = { functionName: "pay", alias: "live", currentVersion: "1", targetVersion: "2" };
const sha256 = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";

function shiftOf(content: string) {
  return readAppSpec(readRevision({ revisionType: "AppSpecContent", appSpecContent: { content } }));
}

function refusal(content: string): string {
  try {
    shiftOf(content);
  } catch (error) {
    assert.ok(error instanceof Error && "code" in error);
    assert.equal(error.code, "InvalidRevisionException");
    return error.message.replace("The revision is not valid: ", "");
  }
  return assert.fail("not refused");
}

describe("readRevision", () => {
  it("takes the content of either type, with its hash or without", () => {
    const content = { content: "foo", sha256 };
    assert.deepEqual(readRevision({ revisionType: "String", string: { content: "foo" } }), {
      revisionType: "String",
      ...content,
    });
    const upper = { content: "foo", sha256: sha256.toUpperCase() };
    assert.deepEqual(readRevision({ revisionType: "AppSpecContent", appSpecContent: upper }), {
      revisionType: "AppSpecContent",
      ...content,
    });
  });

  it("refuses what has no content, or none of its type, or another hash", () => {
    for (const input of [
      {},
      { revisionType: "AppSpecContent" },
      { revisionType: "AppSpecContent", string: { content: "foo" } },
      { revisionType: "String", string: { content: "" } },
      { appSpecContent: { content: "foo" } },
      { revisionType: "String", string: { content: "bar", sha256 } },
    ] as const) {
      assert.throws(() => readRevision(input), { code: "InvalidRevisionException" });
    }
  });

  it("says that it does not fetch revisions", () => {
    for (const revisionType of ["S3", "GitHub"] as const) {
      assert.throws(() => readRevision({ revisionType }), { code: "NotImplemented" });
    }
  });
});

describe("readAppSpec", () => {
  it("reads JSON, and YAML in any case, with versions in quotes or not", () => {
    assert.deepEqual(shiftOf(appSpec()), shift);
    assert.deepEqual(shiftOf(appSpec({ CurrentVersion: 1 })), shift);
    const yaml = `version: 0.0
resources:
  - pay:
      type: "AWS::Lambda::Function"
      properties:
        name: pay
        alias: live
        currentversion: 1
        targetversion: "2"
`;
    assert.deepEqual(shiftOf(yaml), shift);
    assert.deepEqual(shiftOf(yaml.replace("resources", "Resources")), shift);
    assert.deepEqual(shiftOf(`${yaml}hooks: []\n`), shift);
  });

  it("reads what it writes of a rollback", () => {
    assert.deepEqual(readAppSpec(revisionOf(shift)), shift);
    const { revisionType, content, sha256: hash } = revisionOf(shift);
    const appSpecContent = { content, sha256: hash };
    assert.deepEqual(readRevision({ revisionType, appSpecContent }), revisionOf(shift));
  });

  it("refuses what is no AppSpec of one function, and says what is wrong", () => {
    assert.match(refusal("{"), /^its content is neither YAML nor JSON: /);
    assert.match(refusal("text"), /^the AppSpec must /);
    assert.match(refusal('{"version":0}'), /^resources must /);
    assert.match(
      refusal(appSpec().replace('"version":0', '"version":1')),
      /^version must be 0\.0$/,
    );
    assert.match(refusal('{"version":0,"resources":[]}'), /^resources must have one resource$/);
    const [resource] = (JSON.parse(appSpec()) as { Resources: object[] }).Resources;
    const two = JSON.stringify({ version: 0, resources: [resource, resource] });
    assert.match(refusal(two), /^resources must have one resource$/);
    assert.match(
      refusal(appSpec().replace("AWS::Lambda::Function", "AWS::ECS::Service")),
      /^resources\.0\.function\.type must be AWS::Lambda::Function$/,
    );
  });

  for (const [member, values] of Object.entries({
    Name: ["", 1, undefined],
    Alias: ["", undefined],
    CurrentVersion: ["$LATEST", "0", 0, -1, 1.5, "live", undefined],
    TargetVersion: ["$LATEST", "01", null, undefined],
  })) {
    it(`refuses ${member} that is none`, () => {
      for (const value of values) {
        const where = new RegExp(
          `^resources\\.0\\.function\\.properties\\.${member.toLowerCase()} must be `,
        );
        assert.match(refusal(appSpec({ [member]: value })), where);
      }
    });
  }

  it("says that it runs no hooks", () => {
    const hooks = [{ BeforeAllowTraffic: "check" }];
    const content = JSON.stringify({ ...(JSON.parse(appSpec()) as object), Hooks: hooks });
    assert.throws(() => shiftOf(content), {
      code: "NotImplemented",
      message: "The local cloud does not emulate hooks of deployments of CodeDeploy.",
    });
  });
});
