import assert from "node:assert/strict";
import { autonamingOf } from "../../engine/autonaming";
import type { Autonaming } from "../../engine/autonaming";

const identity = { project: "shop", stack: "dev" };
const bucketUrn = "urn:pulumi:dev::shop::my:index:Group$aws:s3/bucket:Bucket::media";
const roleUrn = "urn:pulumi:dev::shop::aws:iam/role:Role::reader";
const otherUrn = "urn:pulumi:dev::shop::random:index/randomPet:RandomPet::pet";

function read(setting: unknown): Autonaming {
  const values = { "pulumi:autonaming": JSON.stringify(setting), "shop:team": "blue" };
  return autonamingOf({ values, secretKeys: [], secrets: [] }, identity);
}

describe("autonamingOf", () => {
  it("proposes nothing without a config, and by the mode `default`", () => {
    const config = { values: {}, secretKeys: [], secrets: [] };
    assert.equal(autonamingOf(config, identity)(bucketUrn), undefined);
    assert.equal(read({ mode: "default" })(bucketUrn), undefined);
  });

  it("enforces the logical name by the mode `verbatim`, and asks for names by `disabled`", () => {
    assert.deepEqual(read({ mode: "verbatim" })(bucketUrn), { mode: "enforce", name: "media" });
    assert.equal(read({ mode: "disabled" })(bucketUrn)?.mode, "disable");
  });

  it("fills in a pattern", () => {
    const pattern = "${organization}-${project}-${stack}-${config.team}-${name}";
    assert.deepEqual(read({ pattern })(bucketUrn), {
      mode: "propose",
      name: "organization-shop-dev-blue-media",
    });
    const random = read({ pattern: "${hex(3)}.${alphanum(4)}.${string(5)}.${num(6)}.${uuid}" });
    assert.match(
      random(bucketUrn)?.name ?? "",
      /^[0-9a-f]{3}\.[a-z0-9]{4}\.[a-z]{5}\.[0-9]{6}\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    );
    assert.notEqual(random(bucketUrn)?.name, random(bucketUrn)?.name);
    assert.equal(read({ pattern: "x", enforce: true })(bucketUrn)?.mode, "enforce");
  });

  it("takes the most specific setting", () => {
    const naming = read({
      mode: "verbatim",
      providers: {
        aws: { pattern: "aws-${name}", resources: { "aws:iam/role:Role": { mode: "default" } } },
        gcp: { resources: { "gcp:storage/bucket:Bucket": { mode: "disabled" } } },
      },
    });
    assert.equal(naming(bucketUrn)?.name, "aws-media");
    assert.equal(naming(roleUrn), undefined);
    assert.equal(naming(otherUrn)?.name, "pet");
    assert.equal(naming("urn:pulumi:dev::shop::gcp:a/b:B::other")?.name, "other");
  });

  const refused: [setting: unknown, message: RegExp][] = [
    ["text", /^pulumi:autonaming is not valid/],
    [{ mode: "verbatim", pattern: "x" }, /cannot specify both mode and pattern\/enforce/],
    [{ enforce: true }, /pattern must be specified when enforce is true/],
    [{ mode: "verbose" }, /invalid naming mode: verbose/],
    [{ patern: "x" }, /Unrecognized key: "patern"/],
    [{ pattern: "${config.nobody}" }, /no value found for key "nobody"/],
    [
      { providers: { aws: { resources: { "aws:iam/role:Role": {} } } } },
      /mode or pattern must be specified for resource "aws:iam\/role:Role"/,
    ],
  ];
  for (const [setting, message] of refused) {
    it(`refuses ${JSON.stringify(setting)}`, () => {
      assert.throws(() => read(setting), { name: "ConfigurationError", message });
    });
  }
});
