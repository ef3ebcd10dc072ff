import type { StackValidationPolicy } from "@pulumi/policy";
import { currentRun } from "../lib/run";

const remediationSteps =
  "Review them by other means, or use aws, whose resources are checked; then add the package to this policy's setting ignored.";

/** What the pack can judge, and what Pulumi itself is made of. */
const judged: readonly string[] = ["aws", "pulumi"];

/** Packages that make nothing in any cloud. */
const harmless = ["archive", "external", "http", "local", "null", "random", "std", "time", "tls"];

/** Silence on a resource that no rule knows must not be taken for a pass: each package is named once. */
export const pulumiPackageRequireRules: StackValidationPolicy = {
  name: "pulumi-package-require-rules",
  description: "Resources are of packages that this pack has rules for.",
  enforcementLevel: "advisory",
  severity: "low",
  tags: ["coverage"],
  remediationSteps,
  url: "https://docs.aws.amazon.com/wellarchitected/latest/framework/ops_evolve_ops_process_cont_imp.html",
  configSchema: {
    properties: {
      ignored: {
        type: "array",
        items: { type: "string" },
        default: harmless,
        description: "Packages whose resources need no rules.",
      },
    },
  },
  validateStack(args, reportViolation) {
    const { ignored = harmless } = args.getConfig<{ ignored?: string[] }>();
    const counts = new Map<string, number>();
    // What a component is made of is listed by itself.
    for (const { type } of currentRun().graph.all.filter(({ isComponent }) => !isComponent)) {
      const [name = ""] = type.split(":");
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    for (const [name, count] of counts) {
      if (!judged.includes(name) && !ignored.includes(name)) {
        reportViolation(`${notChecked(count, name)}. ${remediationSteps}`);
      }
    }
  },
};

function notChecked(count: number, name: string): string {
  return count === 1
    ? `1 resource of ${name} was not checked`
    : `${count} resources of ${name} were not checked`;
}
