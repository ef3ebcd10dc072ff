import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { parse } from "yaml";
import { appSpecOf } from "../../../scripts/release/appspec";

describe("appSpecOf", () => {
  it("moves the alias of a function from a version to another, which are texts, and has its hash", () => {
    const released = {
      operation: "get-image",
      group: "get-image",
      function: "darkroom-get-image-0a1b2c3",
      alias: "live",
    };
    const { content, sha256 } = appSpecOf({ released, from: "9", to: "10" });
    assert.match(content, /^version: 0\.0\n/);
    assert.deepEqual(parse(content), {
      version: 0,
      Resources: [
        {
          "get-image": {
            Type: "AWS::Lambda::Function",
            Properties: {
              Name: "darkroom-get-image-0a1b2c3",
              Alias: "live",
              CurrentVersion: "9",
              TargetVersion: "10",
            },
          },
        },
      ],
    });
    assert.equal(sha256, createHash("sha256").update(content).digest("hex"));
  });
});
