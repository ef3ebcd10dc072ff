import type * as aws from "@pulumi/aws";
import { actionsByFunction, actionsByType } from "./by-type";
import type { TypeActions } from "./by-type/type-actions";
import { type Foundation, neverEscape } from "./guard";
import { makeRoles } from "./identity";
import { readState, type StateStore, writeState } from "./state-access";
import { type Account, expand, onStack } from "./scope";
import type { StackPermissions } from "./stack-permissions";

type Document = aws.iam.PolicyDocument;

/**
 * Services by the policy that grants what deployments do with them: one policy has room for 6,144 characters.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
const groups = {
  data: ["dynamodb", "s3", "ssm"],
  compute: ["apigateway", "codedeploy", "events", "lambda", "sns", "sqs"],
  edge: ["acm", "cloudfront", "guardduty", "route53", "wafv2"],
  operations: ["budgets", "cloudwatch", "kms", "logs"],
  identity: ["iam"],
} as const satisfies Record<string, readonly string[]>;

type GroupName = keyof typeof groups;

/** Names of the policies that {@link writePolicy} makes. */
export const groupNames = Object.keys(groups) as GroupName[];

/** What AWS's own policies allow of which a stack's roles need something. */
const usedOfManagedPolicies: Readonly<Record<string, readonly string[]>> = {
  "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs": [
    ...["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogGroups"],
    ...["logs:DescribeLogStreams", "logs:PutLogEvents"],
  ],
};

/** Beyond what the roles of a stack can do nothing: what its policies grant, on resources of stacks. */
export function boundaryPolicy(account: Account, stack: StackPermissions): Document {
  return document([
    ...onStack("May", stack.roleActions, account),
    {
      // The role by which API Gateway logs is that of all APIs in the region, whatever their log groups are called.
      Sid: "MayLogForGateway",
      Effect: "Allow",
      Action: stack.managedPolicies.flatMap((arn) => used(arn)),
      Resource: [expand("logs:*:<account>:log-group:*:*", account)],
    },
  ]);
}

function used(managedPolicyArn: string): readonly string[] {
  const actions = usedOfManagedPolicies[managedPolicyArn];
  if (!actions) {
    throw new Error(
      `Say in bootstrap/permissions/documents.ts what the stack's roles need of ${managedPolicyArn}.`,
    );
  }
  return actions;
}

/** Groups by the policy that reads what they are about: one has no room for all. */
const readGroups = {
  read: ["data", "compute"],
  "read-more": ["edge", "operations", "identity"],
} as const satisfies Record<string, readonly GroupName[]>;

/** Names of the policies that {@link readPolicy} makes. */
export const readNames = Object.keys(readGroups) as (keyof typeof readGroups)[];

/** What tells how the resources of stacks are set up, and nothing of what is in them. */
export function readPolicy(
  name: keyof typeof readGroups,
  account: Account,
  stack: StackPermissions,
): Document {
  const asked = stack.functions.flatMap((each) => askedBy(each));
  const services: readonly string[] = readGroups[name].flatMap((group) => groups[group]);
  const actions = [...actionsOf(stack, ({ read }) => read), ...asked];
  return document(
    onStack(
      "Read",
      actions.filter((action) => services.includes(serviceOf(action))),
      account,
    ),
  );
}

/**
 * What changes the resources of stacks.
 *
 * @param group one of {@link groupNames}.
 * @throws Error for a service that is in no group.
 */
export function writePolicy(
  group: GroupName,
  account: Account,
  stack: StackPermissions,
  boundaryArn: string,
): Document {
  const actions = actionsOf(stack, ({ write }) => write);
  const known: readonly string[] = Object.values(groups).flat();
  const unknown = actions.filter((action) => !known.includes(serviceOf(action)));
  if (unknown.length > 0) {
    throw new Error(
      `Say in bootstrap/permissions/documents.ts which policy has ${unknown.join(", ")}.`,
    );
  }
  const services: readonly string[] = groups[group];
  const own = actions.filter((action) => services.includes(serviceOf(action)));
  return document([
    ...onStack("Write", own, account),
    ...(group === "data" ? ownObjects(account, stack) : []),
    ...(group === "identity" ? makeRoles(account, stack, boundaryArn) : []),
  ]);
}

/** The objects that the program stores itself, such as the CDN's pages for errors. */
function ownObjects(account: Account, { objectKeys }: StackPermissions) {
  const actions = [
    ...["s3:GetObject", "s3:GetObjectTagging", "s3:PutObject", "s3:PutObjectTagging"],
    // Deployments may remove them in spite of a lock, which is for data.
    "s3:BypassGovernanceRetention",
  ];
  return [onObjects("OwnObjects", actions, account, objectKeys)];
}

function onObjects(sid: string, actions: string[], account: Account, keys: readonly string[]) {
  return {
    Sid: sid,
    Effect: "Allow" as const,
    Action: actions,
    Resource: keys.map((key) => expand(`s3:::<prefix>-*/${key}`, account)),
  };
}

/** What only the comparison of a stack with AWS, and deployments, may read: what refreshes of secrets tell. */
export function refreshPolicy(account: Account, stack: StackPermissions): Document {
  return document([
    ...onStack(
      "Refresh",
      actionsOf(stack, ({ readSecrets = [] }) => readSecrets),
      account,
    ),
    onObjects("RefreshObjects", ["s3:GetObject", "s3:GetObjectTagging"], account, stack.objectKeys),
  ]);
}

/**
 * What previews of pull requests must never read, whatever else is granted: what is in buckets, tables, queues and
 * logs, and secrets; of the state, what is not the project's.
 */
export function dataDenial(account: Account, stateBucketArn?: string): Document {
  return document([
    {
      Sid: "NeverReadData",
      Effect: "Deny",
      Action: [
        ...["dynamodb:BatchGetItem", "dynamodb:ExportTableToPointInTime", "dynamodb:GetItem"],
        ...["dynamodb:GetRecords", "dynamodb:PartiQL*", "dynamodb:Query", "dynamodb:Scan"],
        ...["kinesis:GetRecords", "lambda:Invoke*", "logs:FilterLogEvents", "logs:GetLogEvents"],
        ...["logs:GetLogRecord", "logs:GetQueryResults", "logs:StartLiveTail", "logs:StartQuery"],
        ...["logs:Unmask", "secretsmanager:BatchGetSecretValue", "secretsmanager:GetSecretValue"],
        ...["sqs:ReceiveMessage", "ssm:GetParameter*", "xray:BatchGetTraces"],
      ],
      Resource: "*",
    },
    {
      Sid: "NeverReadObjects",
      Effect: "Deny",
      Action: ["s3:GetObject*", "s3:ListBucketVersions", "s3:SelectObjectContent"],
      ...(stateBucketArn === undefined
        ? { Resource: "*" }
        : { NotResource: [stateBucketArn, `${stateBucketArn}/.pulumi/*`] }),
    },
    {
      // A key's value is part of what API Gateway says of the key.
      Sid: "NeverReadApiKeys",
      Effect: "Deny",
      Action: ["apigateway:GET"],
      Resource: [
        expand("apigateway:*::/apikeys*", account),
        expand("apigateway:*::/usageplans/*/keys*", account),
      ],
    },
  ]);
}

/**
 * Beyond what the roles of pipelines can do nothing, whatever they are granted: the services that stacks use, and
 * never a way out.
 */
export function pipelineBoundary(
  account: Account,
  stack: StackPermissions,
  foundation: Foundation,
): Document {
  const actions = actionsOf(stack, ({ read, write }) => [...read, ...write]);
  return document([
    {
      Sid: "MayUseServices",
      Effect: "Allow",
      Action: [...new Set(actions.map(serviceOf))].map((service) => `${service}:*`),
      Resource: "*",
    },
    ...neverEscape(account, foundation),
  ]);
}

/** What reads the state of the project. */
export function stateReadPolicy(account: Account, state: StateStore): Document {
  return document(readState(state, account));
}

/** What deploys one stack's state. */
export function stateWritePolicy(account: Account, state: StateStore, stack: string): Document {
  return document(writeState(state, account, stack));
}

function actionsOf(
  { types }: StackPermissions,
  select: (actions: TypeActions) => readonly string[],
): string[] {
  return [...new Set(types.flatMap((type) => select(actionsFor(type))))].sort();
}

function actionsFor(type: string): TypeActions {
  const actions = actionsByType[type];
  if (!actions) {
    throw new Error(`Say in bootstrap/permissions/by-type/ what ${type} needs.`);
  }
  return actions;
}

function askedBy(name: string): readonly string[] {
  const actions = actionsByFunction[name];
  if (!actions) {
    throw new Error(`Say in bootstrap/permissions/by-type.ts what ${name} reads.`);
  }
  return actions;
}

function serviceOf(action: string): string {
  return action.split(":")[0] ?? "";
}

function document(statements: aws.iam.PolicyStatement[]): Document {
  return { Version: "2012-10-17", Statement: statements };
}
