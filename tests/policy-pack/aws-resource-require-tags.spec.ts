import { awsResourceRequireTags as policy } from "../../policy-pack/policies/aws-resource-require-tags";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("aws-resource-require-tags", () => {
  const bucket = resource("aws:s3/bucket:Bucket", "images", {
    tags: { Environment: "Production" },
  });
  const untagged = spoiled(bucket, { tags: undefined });
  const settings = { required: { Environment: ["Production", "Staging"], Owner: [] } };

  it("accepts a resource that has the tag, known or not", async () => {
    await assertAccepted(policy, [
      bucket,
      spoiled(bucket, { tags: outputOf() }),
      spoiled(bucket, { tags: { Environment: outputOf() } }),
    ]);
  });

  it("accepts tags that the provider adds, as an object or as the JSON that providers get", async () => {
    const defaultTags = { tags: { Environment: "Production" } };
    await assertAccepted(policy, [
      { ...untagged, provider: { defaultTags } },
      { ...untagged, provider: { defaultTags: JSON.stringify(defaultTags) } },
      { ...untagged, provider: { defaultTags: outputOf() } },
    ]);
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
    await assertAccepted(policy, [group, spoiled(group, { tags: [outputOf()] })]);
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
