import assert from "node:assert/strict";
import { isTaggable, tagResources } from "../../components/tags";
import { outputValue } from "../support/pulumi";

async function transformed(type: string, props: Record<string, unknown>) {
  const transform = tagResources({ Environment: "Test", Stack: "test" });
  const result = await transform({ custom: true, type, name: "resource", props, opts: {} });
  return result && (await outputValue(result.props as Record<string, unknown>));
}

describe("tagResources", () => {
  it("tags what can be tagged and keeps its other inputs", async () => {
    assert.deepEqual(await transformed("aws:s3/bucket:Bucket", { forceDestroy: false }), {
      forceDestroy: false,
      tags: { Environment: "Test", Stack: "test" },
    });
  });

  it("lets a resource's own tags win", async () => {
    const tags = { Stack: "own", Owner: "me" };
    assert.deepEqual(await transformed("aws:s3/bucket:Bucket", { tags }), {
      tags: { Environment: "Test", Stack: "own", Owner: "me" },
    });
  });

  it("leaves alone what cannot be tagged", async () => {
    assert.equal(await transformed("aws:s3/bucketPolicy:BucketPolicy", {}), undefined);
    assert.equal(await transformed("darkroom:storage:Storage", {}), undefined);
  });
});

describe("isTaggable", () => {
  it("knows types by their whole name", () => {
    assert.equal(isTaggable("aws:sns/topic:Topic"), true);
    assert.equal(isTaggable("aws:sns/topicPolicy:TopicPolicy"), false);
  });
});
