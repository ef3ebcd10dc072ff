import { awsResourceRestrictRegion as policy } from "../../policy-pack/policies/aws-resource-restrict-region";
import { assertAccepted, assertRefused, outputOf, resource, spoiled } from "./support/harness";

describe("aws-resource-restrict-region", () => {
  const bucket = resource("aws:s3/bucket:Bucket", "images", {}, { region: "us-east-1" });

  it("accepts an allowed region, and one that is not known", async () => {
    await assertAccepted(policy, [
      bucket,
      resource("aws:s3/bucket:Bucket", "images", {}),
      resource("aws:s3/bucket:Bucket", "images", { region: outputOf() }),
      resource("aws:s3/bucket:Bucket", "images", {}, { region: outputOf() }),
    ]);
  });

  it("accepts global services, and what is not AWS's, wherever the provider is", async () => {
    const provider = { region: "eu-west-1" };
    await assertAccepted(policy, [
      resource("aws:iam/role:Role", "role", {}, provider),
      resource("aws:cloudfront/distribution:Distribution", "cdn", {}, provider),
      resource("pulumi:providers:aws", "default", { region: "eu-west-1" }),
      resource("random:index/randomId:RandomId", "id", {}, provider),
    ]);
  });

  it("refuses another region of the provider", async () => {
    await assertRefused(
      policy,
      [{ ...bucket, provider: { region: "eu-west-1" } }],
      'aws.s3.Bucket "images" is created in eu-west-1, where only us-east-1 is allowed',
    );
  });

  it("refuses another region of the resource, whose own setting wins", async () => {
    await assertRefused(
      policy,
      [spoiled(bucket, { region: "ap-south-1" })],
      'aws.s3.Bucket "images" is created in ap-south-1, where only us-east-1 is allowed',
    );
  });

  it("refuses the region of an ARN", async () => {
    const arn = "arn:aws:sns:eu-west-1:123456789012:alerts";
    await assertRefused(
      policy,
      [resource("aws:sns/topicPolicy:TopicPolicy", "alerts", { arn })],
      'aws.sns.TopicPolicy "alerts" is created in eu-west-1, where only us-east-1 is allowed',
    );
  });

  it("allows what a team allows", async () => {
    await assertAccepted(policy, [{ ...bucket, provider: { region: "eu-west-1" } }], {
      settings: { allowed: ["eu-west-1", "us-east-1"] },
    });
  });
});
