type Defaults = (name: string) => Record<string, unknown>;

const bucketDefaults: Defaults = () => ({
  serverSideEncryptionConfiguration: {
    rule: { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
  },
  versioning: { enabled: false, mfaDelete: false },
  grants: [{ type: "CanonicalUser", permissions: ["FULL_CONTROL"] }],
});

/** What AWS fills in where a program says nothing, as far as it could be taken for a declaration. */
const defaults: Readonly<Record<string, Defaults>> = {
  "aws:s3/bucket:Bucket": bucketDefaults,
  "aws:s3/bucketV2:BucketV2": () => ({
    serverSideEncryptionConfigurations: [
      { rules: [{ applyServerSideEncryptionByDefaults: [{ sseAlgorithm: "AES256" }] }] },
    ],
    versionings: [{ enabled: false, mfaDelete: false }],
  }),
  "aws:lambda/function:Function": (name) => ({
    loggingConfig: { logFormat: "Text", logGroup: `/aws/lambda/${name}` },
    tracingConfig: { mode: "PassThrough" },
    ephemeralStorage: { size: 512 },
  }),
  "aws:kms/key:Key": () => ({
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Enable IAM User Permissions",
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::123456789012:root" },
          Action: "kms:*",
          Resource: "*",
        },
      ],
    }),
  }),
  "aws:sns/topic:Topic": (name) => ({
    policy: JSON.stringify({
      Version: "2008-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { AWS: "*" },
          Action: ["SNS:Publish"],
          Resource: name,
          Condition: { StringEquals: { "AWS:SourceOwner": "123456789012" } },
        },
      ],
    }),
  }),
  "aws:sqs/queue:Queue": () => ({ sqsManagedSseEnabled: true }),
  "aws:dynamodb/table:Table": () => ({
    serverSideEncryption: { enabled: false },
    pointInTimeRecovery: { enabled: false, recoveryPeriodInDays: 0 },
  }),
};

/** The outputs that AWS adds to a resource of the type, by the name that it has in AWS. */
export function addedByAws(type: string, name: string): Record<string, unknown> {
  return defaults[type]?.(name) ?? {};
}
