import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import { readPackConfig } from "../../policy-pack/lib/pack-config";
import { policies } from "../../policy-pack/policies";

describe("the pack's config", () => {
  afterEach(() => {
    pulumi.runtime.setAllConfig({});
  });

  function read(config: unknown) {
    pulumi.runtime.setAllConfig({ "darkroom-policy:config": JSON.stringify(config) });
    return readPackConfig(policies);
  }

  it("is empty unless the stack has one", () => {
    pulumi.runtime.setAllConfig({});
    assert.deepEqual(readPackConfig(policies), {});
  });

  it("holds levels and settings by policy", () => {
    const config = {
      all: "mandatory",
      "s3-bucket-require-versioning": "disabled",
      "lambda-function-limit-timeout": { enforcementLevel: "advisory", maximumSeconds: 60 },
      "aws-resource-restrict-region": { allowed: ["eu-west-1"] },
    };
    const restricted = { enforcementLevel: "mandatory", allowed: ["eu-west-1"] };
    assert.deepEqual(read(config), { ...config, "aws-resource-restrict-region": restricted });
  });

  it("leaves the level of a policy as it is when settings come without one", () => {
    const required = { Owner: [] };
    const name = "aws-resource-require-tags";
    assert.deepEqual(read({ [name]: { required } }), {
      [name]: { enforcementLevel: "mandatory", required },
    });
    assert.deepEqual(read({ "s3-bucket-require-lifecycle": { maximumDays: 7 } }), {
      "s3-bucket-require-lifecycle": { enforcementLevel: "advisory", maximumDays: 7 },
    });
    assert.deepEqual(read({ all: { enforcementLevel: "disabled" }, [name]: { required } }), {
      all: { enforcementLevel: "disabled" },
      [name]: { enforcementLevel: "disabled", required },
    });
  });

  it("refuses what it does not know, all at once", () => {
    assert.throws(
      () =>
        read({
          "s3-bucket-require-magic": "mandatory",
          "s3-bucket-require-versioning": "strict",
          "s3-bucket-require-tls": null,
          "kms-key-require-rotation": { enforcementLevel: 1, days: 90 },
          "lambda-function-limit-timeout": { seconds: 60 },
          all: { maximumSeconds: 60 },
        }),
      (error) => {
        assert.ok(pulumi.RunError.isInstance(error));
        assert.deepEqual(error.message.split("\n"), [
          "darkroom-policy:config is not accepted:",
          "  s3-bucket-require-magic is no policy of this pack; accepted: all, or a name that README.md lists",
          '  s3-bucket-require-versioning is "strict"; accepted: advisory, mandatory, remediate, disabled',
          "  s3-bucket-require-tls is null; accepted: advisory, mandatory, remediate, disabled",
          "  kms-key-require-rotation is 1; accepted: advisory, mandatory, remediate, disabled",
          "  kms-key-require-rotation.days is no setting; accepted: none",
          "  lambda-function-limit-timeout.seconds is no setting; accepted: maximumSeconds",
          "  all.maximumSeconds is no setting; accepted: none",
        ]);
        return true;
      },
    );
  });

  for (const config of [[], "mandatory", 1]) {
    it(`refuses ${JSON.stringify(config)}`, () => {
      assert.throws(() => read(config), /is no object; accepted: policies by name/);
    });
  }
});
