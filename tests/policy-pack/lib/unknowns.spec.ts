import assert from "node:assert/strict";
import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { ResourceRecord } from "../../../policy-pack/lib/resource-record";
import { NotYetKnown, Unknowns } from "../../../policy-pack/lib/unknowns";
import { diagnosticsOf } from "../support/harness";
import { resource } from "../support/program";

const bucket = new ResourceRecord("aws:s3/bucket:Bucket", "images", "urn:images");
const policy = new ResourceRecord("aws:s3/bucketPolicy:BucketPolicy", "policy", "urn:policy");

describe("what a rule cannot be told", () => {
  it("is named by property, and by resource where it is another's", () => {
    const unknowns = new Unknowns(bucket);
    unknowns.add(bucket, ["versioning", "enabled"]);
    unknowns.add(policy, ["policy"]);
    unknowns.add(policy, ["policy"]);
    assert.deepEqual(unknowns.properties, [
      "versioning.enabled",
      'policy of aws.s3.BucketPolicy "policy"',
    ]);
  });

  it("does not count beside what passes whatever it is", () => {
    const unknowns = new Unknowns(bucket);
    const test = (value: string) => {
      if (value === "unknown") {
        unknowns.add(bucket, ["acl"]);
      }
      return value !== "bad";
    };
    assert.equal(unknowns.some(["unknown", "bad", "good"], test), true);
    assert.deepEqual(unknowns.properties, []);
    assert.equal(unknowns.some(["bad"], test), false);
    assert.deepEqual(unknowns.properties, []);
    assert.equal(unknowns.some(["bad", "unknown"], test), true);
    assert.deepEqual(unknowns.properties, ["acl"]);
  });
});

describe("what is not known before the deployment", () => {
  it("is told in the same order every time", () => {
    const [one, other] = ["b", "a"].map((name) => {
      const unknowns = new Unknowns(
        new ResourceRecord("aws:s3/bucket:Bucket", name, `urn:${name}`),
      );
      unknowns.add(unknowns.subject, ["acl"]);
      return unknowns;
    });
    assert.ok(one && other);
    const expected =
      'not known before the deployment: aws.s3.Bucket "a" (acl); aws.s3.Bucket "b" (acl)';
    assert.equal(new NotYetKnown([one, other]).message, expected);
    assert.equal(new NotYetKnown([other, one]).message, expected);
  });
});

describe("a rule that cannot judge yet", () => {
  const facts = {
    name: "s3-bucket-try",
    description: "Buckets are tried.",
    enforcementLevel: "mandatory" as const,
  };
  const unknowns = new Unknowns(bucket);
  unknowns.add(bucket, ["acl"]);
  const program = [resource("aws:s3/bucket:Bucket", "images")];
  const expected = [
    { level: "mandatory", message: "Buckets are tried.\nis open" },
    {
      level: "advisory",
      message:
        "can't run policy 's3-bucket-try' from policy pack 'darkroom@v0.0.0' during preview: " +
        'not known before the deployment: aws.s3.Bucket "images" (acl)',
    },
  ];

  // The SDK documents neither, so an update of it that changes them is to be noticed.
  it("says so as an advice of a resource policy, which keeps its violations", async () => {
    const validateResource: ResourceValidationPolicy["validateResource"] = (_args, report) => {
      report("is open");
      throw new NotYetKnown([unknowns]);
    };
    assert.deepEqual(await diagnosticsOf({ ...facts, validateResource }, program), expected);
  });

  it("says so as an advice of a stack policy, which keeps its violations", async () => {
    const validateStack: StackValidationPolicy["validateStack"] = (_args, report) => {
      report("is open");
      throw new NotYetKnown([unknowns]);
    };
    assert.deepEqual(await diagnosticsOf({ ...facts, validateStack }, program), expected);
  });
});
