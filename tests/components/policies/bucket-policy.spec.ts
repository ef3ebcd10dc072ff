import assert from "node:assert/strict";
import { bucketPolicy, cloudFrontRead } from "../../../components/policies/bucket-policy";

const bucketArn = "arn:aws:s3:::bucket";
const distributionArn = "arn:aws:cloudfront::123456789012:distribution/E1";

describe("bucketPolicy", () => {
  it("denies whatever does not come over TLS, to everybody", () => {
    assert.deepEqual(bucketPolicy(bucketArn, []), {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "TlsOnly",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [bucketArn, `${bucketArn}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
  });

  it("adds the statements given", () => {
    const statement = cloudFrontRead(bucketArn, distributionArn, ["results/*"]);
    assert.equal((bucketPolicy(bucketArn, [statement]).Statement as unknown[])[1], statement);
  });
});

describe("cloudFrontRead", () => {
  it("lets one distribution read these objects, and list nothing", () => {
    const keys = ["results/*", "errors/page.json"];
    assert.deepEqual(cloudFrontRead(bucketArn, distributionArn, keys), {
      Sid: "CloudFrontRead",
      Effect: "Allow",
      Principal: { Service: "cloudfront.amazonaws.com" },
      Action: "s3:GetObject",
      Resource: [`${bucketArn}/results/*`, `${bucketArn}/errors/page.json`],
      Condition: { StringEquals: { "aws:SourceArn": distributionArn } },
    });
  });
});
