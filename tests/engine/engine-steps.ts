import assert from "node:assert/strict";
import { inputOf } from "../../local/provider/diff";
import type { Step } from "../../local/provider/steps";
import type { CliRun } from "./engine-stack";

/** What happens to one resource: what kind of step, and which inputs differ. */
export type StepKinds = Record<string, { kind: Step["kind"]; inputs: string[] }>;

interface PreviewStep {
  op: string;
  urn: string;
  detailedDiff?: Record<string, unknown> | null;
  diffReasons?: string[] | null;
}

const kinds: Readonly<Record<string, Step["kind"]>> = {
  create: "create",
  update: "update",
  delete: "delete",
  replace: "replace",
  "create-replacement": "replace",
  "delete-replaced": "replace",
};

/** The steps of `pulumi preview --json` by URN; what stays the same has none. */
export function engineSteps({ code, stdout, stderr }: CliRun): StepKinds {
  assert.equal(code, 0, stdout + stderr);
  const { steps = [] } = JSON.parse(stdout) as { steps?: PreviewStep[] };
  const found: StepKinds = {};
  for (const { op, urn, detailedDiff, diffReasons } of steps) {
    const kind = kinds[op];
    if (kind && !urn.includes("pulumi:providers:")) {
      const paths = [...Object.keys(detailedDiff ?? {}), ...(diffReasons ?? [])];
      const inputs = new Set([...(found[urn]?.inputs ?? []), ...paths.map(inputOf)]);
      found[urn] = { kind, inputs: kind === "delete" ? [] : [...inputs].sort() };
    }
  }
  return found;
}

/** The steps of the stand-in in the same form. */
export function standInSteps(steps: readonly Step[]): StepKinds {
  return Object.fromEntries(
    steps
      .filter(({ kind }) => kind !== "same")
      .map(({ urn, kind, changes }) => [
        urn,
        { kind, inputs: [...new Set(changes.map(({ path }) => inputOf(path)))].sort() },
      ]),
  );
}
