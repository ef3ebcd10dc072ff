import {
  json,
  type ProgramResource,
  ref,
  resource,
  text,
} from "../../tests/policy-pack/support/program";

const tags = { Environment: "Production", Team: "media" };

/** A program of this many resources: services with a bucket, a table, a function and what belongs to them. */
export function manyServices(count: number): ProgramResource[] {
  const resources: ProgramResource[] = [];
  for (let index = 0; resources.length < count; index++) {
    const name = `service-${index}`;
    resources.push(...storage(name), ...compute(name), ...alerts(name));
  }
  return resources.slice(0, count);
}

function storage(name: string): ProgramResource[] {
  const bucket = resource("aws:s3/bucket:Bucket", `${name}-bucket`, { tags });
  const target = ref(bucket);
  const rules = [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }];
  const denial = {
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [ref(bucket, "arn"), text(ref(bucket, "arn"), "/*")],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  return [
    bucket,
    resource("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock", `${name}-block`, {
      bucket: target,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    }),
    resource(
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      `${name}-encryption`,
      { bucket: target, rules },
    ),
    resource("aws:s3/bucketVersioning:BucketVersioning", `${name}-versioning`, {
      bucket: target,
      versioningConfiguration: { status: "Enabled" },
    }),
    resource("aws:s3/bucketPolicy:BucketPolicy", `${name}-bucket-policy`, {
      bucket: target,
      policy: json({ Version: "2012-10-17", Statement: [denial] }),
    }),
    resource("aws:dynamodb/table:Table", `${name}-table`, {
      attributes: [{ name: "id", type: "S" }],
      hashKey: "id",
      billingMode: "PAY_PER_REQUEST",
      serverSideEncryption: { enabled: true },
      tags,
    }),
  ];
}

function compute(name: string): ProgramResource[] {
  const trust = {
    Effect: "Allow",
    Principal: { Service: "lambda.amazonaws.com" },
    Action: "sts:AssumeRole",
  };
  const grant = { Effect: "Allow", Action: ["s3:PutObject"], Resource: `arn:aws:s3:::${name}/*` };
  const role = resource("aws:iam/role:Role", `${name}-role`, {
    assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [trust] }),
    tags,
  });
  const policy = resource("aws:iam/policy:Policy", `${name}-policy`, {
    policy: JSON.stringify({ Version: "2012-10-17", Statement: [grant] }),
    tags,
  });
  const logs = resource("aws:cloudwatch/logGroup:LogGroup", `${name}-logs`, {
    retentionInDays: 30,
    tags,
  });
  const fn = resource("aws:lambda/function:Function", `${name}-function`, {
    role: ref(role, "arn"),
    runtime: "nodejs24.x",
    handler: "index.handler",
    environment: { variables: { BUCKET: name, STAGE: "production" } },
    loggingConfig: { logFormat: "JSON", logGroup: ref(logs, "name") },
    tags,
  });
  return [
    role,
    policy,
    resource("aws:iam/rolePolicyAttachment:RolePolicyAttachment", `${name}-attachment`, {
      role: ref(role, "name"),
      policyArn: ref(policy, "arn"),
    }),
    logs,
    fn,
    resource("aws:lambda/permission:Permission", `${name}-permission`, {
      action: "lambda:InvokeFunction",
      function: ref(fn, "name"),
      principal: "apigateway.amazonaws.com",
      sourceArn: "arn:aws:execute-api:us-east-1:123456789012:api/*",
    }),
  ];
}

function alerts(name: string): ProgramResource[] {
  const key = resource("aws:kms/key:Key", `${name}-key`, { enableKeyRotation: true, tags });
  const topic = resource("aws:sns/topic:Topic", `${name}-topic`, {
    kmsMasterKeyId: ref(key, "arn"),
    tags,
  });
  return [
    key,
    topic,
    resource("aws:cloudwatch/metricAlarm:MetricAlarm", `${name}-alarm`, {
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 1,
      alarmActions: [ref(topic, "arn")],
      tags,
    }),
    resource("aws:sqs/queue:Queue", `${name}-queue`, { sqsManagedSseEnabled: true, tags }),
  ];
}
