import type { Action } from "../action";
import { receiveText } from "../body/receive";
import { checkNotPublic, readPolicy } from "../bucket-policy";
import { notConfigured } from "../errors";
import { isPublicPolicy } from "../public-policy";
import { xmlReply } from "../reply";
import type { Bucket } from "../store/bucket";
import type { PolicyDocument } from "../../iam/types";
import { renderXml } from "../xml";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html */
export const putBucketPolicy: Action = {
  permissions: () => ["s3:PutBucketPolicy"],
  run: async (call) => {
    const { bucket } = call;
    const { account } = call.environment;
    const policy = readPolicy(account, bucket.name, await receiveText(call));
    checkNotPublic(bucket, policy);
    bucket.configure({ policy });
    return { status: 204 };
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html */
export const getBucketPolicy: Action = {
  permissions: () => ["s3:GetBucketPolicy"],
  run: (call) => ({
    status: 200,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(policyOf(call.bucket)),
  }),
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html */
export const deleteBucketPolicy: Action = {
  permissions: () => ["s3:DeleteBucketPolicy"],
  run: (call) => {
    call.bucket.configure({ policy: undefined });
    return { status: 204 };
  },
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html */
export const getBucketPolicyStatus: Action = {
  permissions: () => ["s3:GetBucketPolicyStatus"],
  run: (call) =>
    xmlReply(renderXml("PolicyStatus", { IsPublic: isPublicPolicy(policyOf(call.bucket)) })),
};

function policyOf(bucket: Bucket): PolicyDocument {
  const { policy } = bucket.configuration;
  if (!policy) {
    throw notConfigured(bucket.name, "NoSuchBucketPolicy", "The bucket policy does not exist");
  }
  return policy;
}
