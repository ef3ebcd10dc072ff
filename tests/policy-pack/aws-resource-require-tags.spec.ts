import { awsResourceRequireTags as policy } from "../../policy-pack/policies/aws-resource-require-tags";
import {
  assertAccepted,
  assertRefused,
  assertUnjudged,
  outputOf,
  resource,
  spoiled,
} from "./support/harness";

describe("aws-resource-require-tags", () => {
  const bucket = resource("aws:s3/bucket:Bucket", "images", {
    tags: { Environment: "Production" },
  });
  const untagged = spoiled(bucket, { tags: undefined });
  const settings = { required: { Environment: ["Production", "Staging"], Owner: [] } };

  const unjudged = 'aws.s3.Bucket "images"';

  it("accepts a resource that has the tag, known or not", async () => {
    await assertUnjudged(
      policy,
      [bucket, spoiled(bucket, { tags: { Environment: outputOf() } })],
      [],
    );
  });

  it("cannot judge tags that are not known yet, nor a value that has to be a certain one", async () => {
    await assertUnjudged(policy, [spoiled(bucket, { tags: outputOf() })], `${unjudged} (tags)`);
    const tags = { Environment: outputOf(), Owner: "images" };
    await assertUnjudged(policy, [spoiled(bucket, { tags })], `${unjudged} (tags.Environment)`, {
      settings,
    });
  });

  it("accepts tags that the provider adds, as an object or as the JSON that providers get", async () => {
    const defaultTags = { tags: { Environment: "Production" } };
    await assertUnjudged(
      policy,
      [
        { ...untagged, provider: { defaultTags } },
        { ...untagged, provider: { defaultTags: JSON.stringify(defaultTags) } },
      ],
      [],
    );
    await assertUnjudged(
      policy,
      [{ ...untagged, provider: { defaultTags: outputOf() } }],
      `${unjudged} (provider.defaultTags)`,
    );
  });

  it("accepts types that take no tags", async () => {
    await assertAccepted(policy, [
      resource("aws:s3/bucketPolicy:BucketPolicy", "images", {}),
      resource("aws:lambda/permission:Permission", "invoke", {}),
      resource("pulumi:pulumi:Stack", "production", {}),
      resource("darkroom:storage:Storage", "darkroom", {}),
    ]);
  });

  it("reads the list of an Auto Scaling group", async () => {
    const group = resource("aws:autoscaling/group:Group", "workers", {
      tags: [{ key: "Environment", value: "Production", propagateAtLaunch: true }],
    });
    await assertUnjudged(policy, [group], []);
    const late = { key: "Environment", value: outputOf(), propagateAtLaunch: true };
    await assertUnjudged(policy, [spoiled(group, { tags: [late] })], []);
    await assertRefused(
      policy,
      [spoiled(group, { tags: [{ key: "Owner", value: "images" }] })],
      'aws.autoscaling.Group "workers" has no tag Environment',
    );
  });

  it("does not count tags of the provider where they do not reach: Auto Scaling groups", async () => {
    const provider = { defaultTags: { tags: { Environment: "Production" } } };
    const group = resource("aws:autoscaling/group:Group", "workers", {}, provider);
    await assertRefused(policy, [group], 'aws.autoscaling.Group "workers" has no tag Environment');
  });

  it("asks for no tags of objects, nor where tags choose what a resource is about", async () => {
    await assertAccepted(policy, [
      resource("aws:s3/bucketObject:BucketObject", "logo", { bucket: "images" }),
      resource("aws:s3/bucketObjectv2:BucketObjectv2", "logo", { bucket: "images" }),
      resource("aws:s3/objectCopy:ObjectCopy", "logo", { bucket: "images" }),
      resource("aws:devopsguru/resourceCollection:ResourceCollection", "all", { tags: {} }),
      resource("aws:inspector/resourceGroup:ResourceGroup", "web", { tags: { Role: "web" } }),
    ]);
  });

  for (const tags of [undefined, {}, { environment: "Production" }, { Environment: "" }]) {
    it(`refuses the tags ${JSON.stringify(tags)}`, async () => {
      await assertRefused(
        policy,
        [spoiled(bucket, { tags })],
        'aws.s3.Bucket "images" has no tag Environment',
      );
    });
  }

  it("lists all problems of a resource by the team's settings", async () => {
    await assertRefused(
      policy,
      [spoiled(bucket, { tags: { Environment: "Test" } })],
      'aws.s3.Bucket "images" has the tag Environment=Test, where only Production, Staging is accepted and has no tag Owner',
      { settings },
    );
    const complete = spoiled(bucket, { tags: { Environment: "Staging", Owner: "images" } });
    await assertAccepted(policy, [complete], { settings });
  });

  it("lets a resource's own tag win over the provider's", async () => {
    await assertRefused(
      policy,
      [
        {
          ...spoiled(bucket, { tags: { Environment: "Test", Owner: "images" } }),
          provider: { defaultTags: { tags: { Environment: "Production" } } },
        },
      ],
      'aws.s3.Bucket "images" has the tag Environment=Test, where only Production, Staging is accepted',
      { settings },
    );
  });
});
