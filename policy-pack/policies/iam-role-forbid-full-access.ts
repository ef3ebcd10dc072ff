import { cis, fsbp } from "../lib/reference";
import { stackRule } from "../lib/rule";
import { stringsOf } from "../lib/values";

/** Policies of AWS's own, whose ARNs have no account; those of a job's are in a path. */
const managedPolicy = /^arn:[^:]+:iam::aws:policy\/(?:.+\/)?([\w+=,.@-]+)$/;

/** What AWS calls those that grant all of a service, or of all services. */
const fullAccess: readonly RegExp[] = [
  /FullAccess(Policy)?(_?V\d+|WithDataPipeline)?$/i,
  /PowerUser(Access)?$/,
  /^\w*Administrator(Access[\w-]*)?$/,
  /^AWS(CodeArtifact|CodeBuild|DeepRacerAccount)AdminAccess$/,
];

const properties = ["policyArn", "policyArns", "managedPolicyArns"];

const types = [
  "aws:iam/role:Role",
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  "aws:iam/policyAttachment:PolicyAttachment",
  "aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive",
  "aws:iam/userPolicyAttachmentsExclusive:UserPolicyAttachmentsExclusive",
  "aws:iam/groupPolicyAttachmentsExclusive:GroupPolicyAttachmentsExclusive",
];

/**
 * Mandatory unlike the other rules on IAM: `aws.lambda.CallbackFunction` attaches nine such policies
 * to the role that it makes when it is given none.
 */
export const iamRoleForbidFullAccess = stackRule({
  name: "iam-role-forbid-full-access",
  description: "No role, user or group has an AWS managed policy that grants all of a service.",
  severity: "critical",
  enforcementLevel: "mandatory",
  topic: "iam",
  references: [fsbp("IAM.1"), cis("1.22")],
  remediationSteps:
    "Attach an aws.iam.Policy with the actions that are needed; give a CallbackFunction a role of its own.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#bp-use-aws-defined-policies",
  settings: {
    allowed: {
      type: "array",
      items: { type: "string" },
      default: [] as string[],
      description: "Names of AWS managed policies that may be attached all the same.",
    },
  },
  types,
  alone: {
    types,
    check(resource, report, { allowed }) {
      const names = properties
        .flatMap((property) => stringsOf(resource.declared(property)))
        .flatMap((arn) => managedPolicy.exec(arn)?.[1] ?? [])
        .filter((name) => fullAccess.some((form) => form.test(name)) && !allowed.includes(name));
      if (names.length > 0) {
        report(`attaches ${names.join(", ")}`);
      }
    },
  },
  check(resource, _report, _settings, stack) {
    for (const property of properties) {
      // The ARN of a policy of the program is none of AWS's.
      if (stack.referred(resource, property, ["aws:iam/policy:Policy"]).length === 0) {
        for (const arn of resource.blocks(property)) {
          arn.known();
        }
      }
    }
  },
});
