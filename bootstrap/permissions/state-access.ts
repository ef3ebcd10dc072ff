import type * as aws from "@pulumi/aws";
import type { Account } from "./scope";

/** The state, as its clients reach it. */
export interface StateStore {
  bucketArn: string;
  keyArn: string;
}

/**
 * What reads the state of all stacks of the project: a preview locks nothing and writes nothing.
 * https://www.pulumi.com/docs/iac/guides/basics/using-a-diy-backend/
 */
export function readState({ bucketArn, keyArn }: StateStore, { project }: Account) {
  return [
    allow("FindState", ["s3:ListBucket"], [bucketArn]),
    allow(
      "ReadState",
      ["s3:GetObject"],
      [`${bucketArn}/.pulumi/meta.yaml`, `${bucketArn}/.pulumi/stacks/${project}/*`],
    ),
    allow("DecryptState", ["kms:Decrypt", "kms:DescribeKey"], [keyArn]),
  ];
}

/** What changes the state of one stack, with its lock, its history and its backups. */
export function writeState({ bucketArn, keyArn }: StateStore, { project }: Account, stack: string) {
  return [
    allow(
      "WriteState",
      ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
      [
        `${bucketArn}/.pulumi/stacks/${project}/${stack}.*`,
        `${bucketArn}/.pulumi/locks/organization/${project}/${stack}/*`,
        `${bucketArn}/.pulumi/history/${project}/${stack}/*`,
        `${bucketArn}/.pulumi/backups/${project}/${stack}/*`,
      ],
    ),
    allow("EncryptState", ["kms:Encrypt", "kms:GenerateDataKey"], [keyArn]),
  ];
}

function allow(sid: string, actions: string[], resources: string[]): aws.iam.PolicyStatement {
  return { Sid: sid, Effect: "Allow", Action: actions, Resource: resources };
}
