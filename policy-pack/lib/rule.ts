import type {
  EnforcementLevel,
  Policy,
  PolicyComplianceFramework,
  ResourceValidationPolicy,
  Severity,
  StackValidationPolicy,
} from "@pulumi/policy";
import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import { referenceText } from "./reference";
import { CheckedResource } from "./resource";
import { CheckedStack } from "./stack";

/** What a policy is about; its first tag. */
export type Topic =
  | "encryption"
  | "public-access"
  | "tags"
  | "iam"
  | "lambda"
  | "api"
  | "dynamodb"
  | "s3"
  | "cloudfront"
  | "logs"
  | "regions"
  | "secrets"
  | "coverage";

/** A setting that a team may tune; without one, `default` applies. */
type Setting = PolicyConfigJSONSchema & { default: unknown; description: string };

/** The values of settings, by name; a default of `false` stands for any boolean. */
type Values<Settings extends Record<string, Setting>> = {
  [Name in keyof Settings]: Settings[Name]["default"] extends boolean
    ? boolean
    : Settings[Name]["default"];
};

interface RuleFacts<Settings extends Record<string, Setting>> {
  /** `<service>-<resource>-<verb>-<noun>`, also the name of the file. */
  name: string;
  /** What is required, in one sentence. */
  description: string;
  severity: Severity;
  /** `@default` advisory */
  enforcementLevel?: EnforcementLevel;
  topic: Topic;
  /** The first becomes the policy's framework, the others are tags. */
  references?: readonly PolicyComplianceFramework[];
  /** What to change in a program. */
  remediationSteps: string;
  /** AWS's documentation. */
  url: string;
  settings?: Settings;
}

/** Reports a problem of the resource; the message is a sentence that the resource's label begins. */
type ReportProblem = (problem: string) => void;

interface ResourceRule<Settings extends Record<string, Setting>> extends RuleFacts<Settings> {
  /** Types to check, or what tells whether a type is to be checked. */
  types: readonly string[] | ((type: string) => boolean);
  check: (resource: CheckedResource, report: ReportProblem, settings: Values<Settings>) => void;
}

interface StackRule<Settings extends Record<string, Setting>> extends RuleFacts<Settings> {
  check: (
    stack: CheckedStack,
    report: (resource: CheckedResource, problem: string) => void,
    settings: Values<Settings>,
  ) => void;
}

/** A policy on resources one by one, whose inputs alone tell whether they comply. */
export function resourceRule<Settings extends Record<string, Setting>>(
  rule: ResourceRule<Settings>,
): ResourceValidationPolicy {
  const { types, check } = rule;
  const applies = typeof types === "function" ? types : (type: string) => types.includes(type);
  return {
    ...policyFacts(rule),
    validateResource(args, reportViolation) {
      if (applies(args.type)) {
        const resource = new CheckedResource(args);
        check(
          resource,
          (problem) => {
            reportViolation(message(resource, problem, rule));
          },
          withDefaults(rule, args.getConfig()),
        );
      }
    },
  };
}

/** A policy on resources that comply, or not, only together with others of the stack. */
export function stackRule<Settings extends Record<string, Setting>>(
  rule: StackRule<Settings>,
): StackValidationPolicy {
  return {
    ...policyFacts(rule),
    validateStack(args, reportViolation) {
      rule.check(
        new CheckedStack(args.resources),
        (resource, problem) => {
          reportViolation(message(resource, problem, rule), resource.urn);
        },
        withDefaults(rule, args.getConfig()),
      );
    },
  };
}

function policyFacts<Settings extends Record<string, Setting>>(rule: RuleFacts<Settings>): Policy {
  const [framework, ...others] = rule.references ?? [];
  return {
    name: rule.name,
    description: rule.description,
    enforcementLevel: rule.enforcementLevel ?? "advisory",
    severity: rule.severity,
    tags: [rule.topic, ...others.map(referenceText)],
    remediationSteps: rule.remediationSteps,
    url: rule.url,
    ...(framework && { framework }),
    ...(rule.settings && { configSchema: { properties: rule.settings } }),
  };
}

/** What is wrong with which resource, and the way out. */
function message<Settings extends Record<string, Setting>>(
  resource: CheckedResource,
  problem: string,
  { remediationSteps }: RuleFacts<Settings>,
): string {
  return `${resource.label} ${problem}. ${remediationSteps}`;
}

function withDefaults<Settings extends Record<string, Setting>>(
  { settings }: RuleFacts<Settings>,
  given: object,
): Values<Settings> {
  const defaults = Object.entries(settings ?? {}).map(([name, setting]) => [name, setting.default]);
  return { ...Object.fromEntries(defaults), ...given } as Values<Settings>;
}
