import type * as aws from "@pulumi/aws";
import { stateBucketUse, stateKeyUse } from "./guard";
import { type Account, expand } from "./scope";

/** Whoever comes by a role that this program makes. */
function pipelines(account: Account) {
  return {
    ArnLike: { "aws:PrincipalArn": expand("iam::<account>:role/bootstrap/*", account) },
  };
}

/** Whoever comes by a role of a stack's. */
function workloads(account: Account) {
  return { ArnLike: { "aws:PrincipalArn": expand("iam::<account>:role/<prefix>-*", account) } };
}

/**
 * The policy of the key of the state: administrators of the account administer it, by their own policies; roles of
 * pipelines may use it and no more, and roles of stacks may not even that, whatever they are granted.
 */
export function stateKeyPolicy(account: Account): aws.iam.PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        // Without this statement nobody could ever change or delete the key again.
        Sid: "AccountAdministers",
        Effect: "Allow",
        Principal: { AWS: expand("iam::<account>:root", account) },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "PipelinesOnlyUse",
        Effect: "Deny",
        Principal: { AWS: "*" },
        NotAction: stateKeyUse,
        Resource: "*",
        Condition: pipelines(account),
      },
      {
        Sid: "WorkloadsNever",
        Effect: "Deny",
        Principal: { AWS: "*" },
        Action: "kms:*",
        Resource: "*",
        Condition: workloads(account),
      },
    ],
  };
}

/** What the policy of the bucket of the state says besides that it answers over TLS only. */
export function stateBucketPolicy(bucketArn: string, account: Account): aws.iam.PolicyStatement[] {
  const everything = [bucketArn, `${bucketArn}/*`];
  return [
    {
      Sid: "PipelinesOnlyUse",
      Effect: "Deny",
      Principal: { AWS: "*" },
      NotAction: stateBucketUse,
      Resource: everything,
      Condition: pipelines(account),
    },
    {
      Sid: "WorkloadsNever",
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: "s3:*",
      Resource: everything,
      Condition: workloads(account),
    },
  ];
}
