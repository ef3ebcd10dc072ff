import { globSync } from "node:fs";

/** Specs of one process, which share what they start. */
export interface Unit {
  files: string[];
  /** Whether no other unit has its process. */
  isAlone: boolean;
}

/** All that `npm test` runs. Those of `tests/engine` need the Pulumi CLI. */
export const allSpecs = ["local/tests/**/*.spec.ts", "tests/**/*.spec.ts"];
const engineSpecs = "tests/engine/**";

/** Specs that share stacks, or else what takes long to find out. */
export const shared = [
  "tests/e2e/*.spec.ts",
  "tests/e2e/users/*.spec.ts",
  "tests/attacks/*.spec.ts",
  "tests/views/*.spec.ts",
  "local/tests/page/{page-server,ui/*}.spec.ts",
  "tests/{clean-up,local-run/{alarms,failed-events}}.spec.ts",
  "tests/local-run/{local-run,smoke}.spec.ts",
  "tests/{package/{examples,plugin},scripts/document-components}.spec.ts",
];

/**
 * What takes longest, and with each that often waits for something two others that do not, so that the processor
 * is never without work; before all of that, what has the whole heap collected time and again, as each
 * WebAssembly instance does: in a process that has not loaded much yet, there is little of it.
 */
export const first = [
  "local/tests/aws/cloudfront/**/*.spec.ts",
  "tests/local-run/users-run.spec.ts",
  "local/tests/cli/{policy,run}.spec.ts",
  "tests/scripts/iam.spec.ts",
  "local/tests/engine/{dynamic-provider,resource-steps}.spec.ts",
  "tests/soak/ingest.spec.ts",
  "tests/policy-pack/planted-weaknesses.spec.ts",
  "local/tests/engine/hooks.spec.ts",
  "tests/soak/kill.spec.ts",
  "local/tests/engine/run-checked.spec.ts",
  "tests/scripts/commands.spec.ts",
  "tests/scripts/test.spec.ts",
  "tests/handlers/*-races.spec.ts",
  "tests/soak/{throttle,malformed}.spec.ts",
  "tests/local-run/*.spec.ts",
  "tests/scripts/*.spec.ts",
  "tests/*.spec.ts",
];

/**
 * The specs that match, in the order in which they are best begun: what is long is not to begin last, when
 * nothing else is left to be run beside it.
 */
export function unitsOf(patterns: readonly string[] = allSpecs): Unit[] {
  const asked = new Set(globSync(patterns, { exclude: [engineSpecs] }).sort());
  const take = (pattern: string): string[] =>
    globSync(pattern)
      .sort()
      .filter((file) => asked.delete(file));
  const together = shared.map((pattern) => ({ files: take(pattern), isAlone: true }));
  const single = [...first.flatMap(take), ...asked].map((file) => ({
    files: [file],
    isAlone: false,
  }));
  return [...together, ...single].filter(({ files }) => files.length > 0);
}
