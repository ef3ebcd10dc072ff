import type * as aws from "@pulumi/aws";
import { actionsWithoutResources } from "./by-type";

/** What names of ARNs are made of. */
export interface Account {
  partition: string;
  accountId: string;
  /** First part of the names of a stack's resources. */
  prefix: string;
  /** Name of the stacks' project, which their resources are tagged with. */
  project: string;
}

/** Resources of one service, as far as they can be told to be a stack's. */
interface Scope {
  resources: readonly string[];
  condition?: aws.iam.PolicyStatement["Condition"];
}

type Scopes = (account: Account) => readonly Scope[];

const named =
  (...names: string[]): Scopes =>
  (account) => [{ resources: names.map((name) => expand(name, account)) }];

/**
 * By service, the resources of stacks: by the prefix of their names, where they have names of their own.
 * Regions are left open, since certificates of a CDN are in us-east-1 wherever a stack is.
 */
const scopesByService: Readonly<Partial<Record<string, Scopes>>> = {
  acm: named("acm:*:<account>:certificate/*"),
  apigateway: named(
    ...["apigateway:*::/account", "apigateway:*::/apikeys*", "apigateway:*::/domainnames*"],
    ...["apigateway:*::/restapis*", "apigateway:*::/tags/*", "apigateway:*::/usageplans*"],
  ),
  budgets: named("budgets::<account>:budget/<prefix>-*"),
  cloudfront: named(
    ...["cloudfront::<account>:cache-policy/*", "cloudfront::<account>:distribution/*"],
    ...[
      "cloudfront::<account>:function/<prefix>-*",
      "cloudfront::<account>:origin-access-control/*",
    ],
    "cloudfront::<account>:response-headers-policy/*",
  ),
  cloudwatch: named(
    ...["cloudwatch:*:<account>:alarm:<prefix>-*", "cloudwatch::<account>:dashboard/<prefix>-*"],
  ),
  codedeploy: named(
    "codedeploy:*:<account>:application:<prefix>-*",
    "codedeploy:*:<account>:deploymentgroup:<prefix>-*",
    "codedeploy:*:<account>:deploymentconfig:*",
  ),
  dynamodb: named("dynamodb:*:<account>:table/<prefix>-*"),
  events: named(
    ...["events:*:<account>:event-bus/<prefix>-*", "events:*:<account>:rule/<prefix>-*"],
    // What GuardDuty's role makes to hear of new objects.
    "events:*:<account>:rule/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*",
  ),
  guardduty: named("guardduty:*:<account>:malware-protection-plan/*"),
  iam: named("iam::<account>:policy/<prefix>-*", "iam::<account>:role/<prefix>-*"),
  kms: ({ project, ...account }) => [
    { resources: [expand("kms:*:<account>:alias/<prefix>-*", { project, ...account })] },
    {
      resources: [expand("kms:*:<account>:key/*", { project, ...account })],
      condition: { StringEquals: { "aws:ResourceTag/Project": project } },
    },
  ],
  lambda: named(
    ...["lambda:*:<account>:function:<prefix>-*", "lambda:*:<account>:event-source-mapping:*"],
  ),
  logs: named(
    ...["logs:*:<account>:log-group:/aws/*/<prefix>*", "logs:*:<account>:log-group:<prefix>-*"],
    "logs:*:<account>:log-group:API-Gateway-Execution-Logs_*",
    ...["logs:*:<account>:delivery:*", "logs:*:<account>:delivery-destination:<prefix>-*"],
    "logs:*:<account>:delivery-source:<prefix>-*",
  ),
  route53: named("route53:::hostedzone/*", "route53:::change/*"),
  s3: named("s3:::<prefix>-*"),
  sns: named("sns:*:<account>:<prefix>-*"),
  sqs: named("sqs:*:<account>:<prefix>-*"),
  ssm: named("ssm:*:<account>:parameter/*/<prefix>*"),
  wafv2: named(
    ...["wafv2:*:<account>:*/webacl/<prefix>-*/*", "wafv2:*:*:*/managedruleset/*/*"],
    "apigateway:*::/restapis/*/stages/*",
  ),
};

/**
 * Statements that allow actions on a stack's resources, one for each service and scope; and on all resources
 * those that know none.
 *
 * @param sid begins the statements' names.
 * @throws Error for a service without a scope.
 */
export function onStack(
  sid: string,
  actions: readonly string[],
  account: Account,
): aws.iam.PolicyStatement[] {
  const sorted = [...new Set(actions)].sort();
  const services = new Set(sorted.map((action) => action.split(":")[0] ?? ""));
  return [...services].flatMap((service) => {
    const own = sorted.filter((action) => action.startsWith(`${service}:`));
    const everywhere = own.filter((action) => actionsWithoutResources.has(action));
    const limited = own.filter((action) => !actionsWithoutResources.has(action));
    const name = `${sid}${service[0]?.toUpperCase() ?? ""}${service.slice(1)}`;
    return [
      ...allow(`${name}Unnamed`, everywhere, { resources: ["*"] }),
      ...(limited.length === 0 ? [] : scopesOf(service, account)).flatMap((scope, index) =>
        allow(index === 0 ? name : `${name}${index + 1}`, limited, scope),
      ),
    ];
  });
}

function scopesOf(service: string, account: Account): readonly Scope[] {
  const scopes = scopesByService[service];
  if (!scopes) {
    throw new Error(
      `Say in bootstrap/permissions/scope.ts which resources of ${service} are a stack's.`,
    );
  }
  return scopes(account);
}

function allow(
  sid: string,
  actions: readonly string[],
  { resources, condition }: Scope,
): aws.iam.PolicyStatement[] {
  return actions.length === 0
    ? []
    : [
        {
          Sid: sid,
          Effect: "Allow",
          Action: [...actions],
          Resource: [...resources],
          ...(condition && { Condition: condition }),
        },
      ];
}

/** The ARN of a name such as `sqs:*:<account>:<prefix>-*`. */
export function expand(name: string, { partition, accountId, prefix }: Account): string {
  return `arn:${partition}:${name.replace("<account>", accountId).replace("<prefix>", prefix)}`;
}
