import type {
  EnforcementLevel,
  Policy,
  PolicyComplianceFramework,
  ReportViolation,
  ResourceValidation,
  ResourceValidationPolicy,
  Severity,
  StackValidationPolicy,
} from "@pulumi/policy";
import type { PolicyConfigJSONSchema } from "@pulumi/policy/schema";
import { validationOf } from "./policy-list";
import { referenceText } from "./reference";
import { CheckedResource } from "./resource";
import type { ResourceRecord } from "./resource-record";
import { currentRun } from "./run";
import { CheckedStack } from "./stack";
import { NotYetKnown, Unknowns } from "./unknowns";

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
  | "costs"
  | "deployments"
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
export type ReportProblem = (problem: string) => void;

/** What can be told from a resource alone. */
interface ResourceCheck<Settings extends Record<string, Setting>> {
  /** Types to check, or what tells whether a type is to be checked. */
  types: readonly string[] | ((type: string) => boolean);
  check: (resource: CheckedResource, report: ReportProblem, settings: Values<Settings>) => void;
}

interface StackRule<Settings extends Record<string, Setting>> extends RuleFacts<Settings> {
  /**
   * What one resource tells by itself. It is judged before anything is done about the resource, where
   * the rule is mandatory; what `check` finds is reported when all resources are there.
   */
  alone?: ResourceCheck<Settings>;
  /** Types to check; what the program only reads is not checked. */
  types: readonly string[];
  check: (
    resource: CheckedResource,
    report: ReportProblem,
    settings: Values<Settings>,
    stack: CheckedStack,
  ) => void;
}

/** A policy on resources one by one, whose inputs alone tell whether they comply. */
export function resourceRule<Settings extends Record<string, Setting>>(
  rule: RuleFacts<Settings> & ResourceCheck<Settings>,
): ResourceValidationPolicy {
  return { ...policyFacts(rule), validateResource: resourceValidation(rule, rule) };
}

/**
 * A policy on resources that comply, or not, only together with others of the stack. Where the part
 * `alone` has spoken of a resource, it is not said again that something is not known.
 */
export function stackRule<Settings extends Record<string, Setting>>(
  rule: StackRule<Settings>,
): StackValidationPolicy {
  const { types, alone, check } = rule;
  return {
    ...policyFacts(rule),
    ...(alone && { validateResource: resourceValidation(rule, alone) }),
    validateStack(args, reportViolation) {
      const run = currentRun();
      const settings = withDefaults(rule, args.getConfig());
      const subjects = run.graph.ofType(types).filter(({ inputs }) => inputs !== undefined);
      const unjudged = subjects
        .flatMap(
          (record) =>
            judge(record, rule, reportViolation, (resource, report, unknowns) => {
              check(resource, report, settings, new CheckedStack(run.graph, unknowns));
            }).unknowns,
        )
        .filter(({ subject }) => !run.hasTold(rule.name, subject));
      if (unjudged.length > 0) {
        throw new NotYetKnown(unjudged);
      }
    },
  };
}

function resourceValidation<Settings extends Record<string, Setting>>(
  rule: RuleFacts<Settings>,
  { types, check }: ResourceCheck<Settings>,
): ResourceValidation {
  const applies = typeof types === "function" ? types : (type: string) => types.includes(type);
  return validationOf(applies, (args, reportViolation) => {
    if (!applies(args.type)) {
      return;
    }
    const run = currentRun();
    const record = run.record(args.urn);
    const settings = withDefaults(rule, args.getConfig());
    const { reported, unknowns } = judge(record, rule, reportViolation, (resource, report) => {
      check(resource, report, settings);
    });
    if (reported || unknowns.length > 0) {
      run.tell(rule.name, record);
    }
    if (unknowns.length > 0) {
      throw new NotYetKnown(unknowns);
    }
  });
}

/**
 * Lets a check judge a resource.
 *
 * @returns whether it has reported a problem, and otherwise what it could not be told, if anything.
 */
function judge(
  record: ResourceRecord,
  rule: RuleFacts<Record<string, Setting>>,
  reportViolation: ReportViolation,
  check: (resource: CheckedResource, report: ReportProblem, unknowns: Unknowns) => void,
): { reported: boolean; unknowns: Unknowns[] } {
  const unknowns = new Unknowns(record);
  const problems: string[] = [];
  const report = (problem: string) => {
    problems.push(problem);
    reportViolation(`${record.label} ${problem}. ${rule.remediationSteps}`, record.urn);
  };
  check(new CheckedResource(record, unknowns), report, unknowns);
  const reported = problems.length > 0;
  return { reported, unknowns: reported || unknowns.properties.length === 0 ? [] : [unknowns] };
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

function withDefaults<Settings extends Record<string, Setting>>(
  { settings }: RuleFacts<Settings>,
  given: object,
): Values<Settings> {
  const defaults = Object.entries(settings ?? {}).map(([name, setting]) => [name, setting.default]);
  return { ...Object.fromEntries(defaults), ...given } as Values<Settings>;
}
