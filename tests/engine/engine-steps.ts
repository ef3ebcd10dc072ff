import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
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
  oldState?: State;
  newState?: State;
}

/** A resource in the engine's state. */
interface State {
  custom: boolean;
  inputs?: Record<string, unknown>;
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
  for (const step of steps) {
    const { op, urn } = step;
    const kind = kinds[op];
    if (kind && !urn.includes("pulumi:providers:")) {
      const inputs = new Set([...(found[urn]?.inputs ?? []), ...inputsOf(step)]);
      found[urn] = { kind, inputs: kind === "delete" ? [] : [...inputs].sort() };
    }
  }
  return found;
}

/** The inputs that differ. Of components, which no provider compares, the states alone tell them. */
function inputsOf({ detailedDiff, diffReasons, oldState, newState }: PreviewStep): string[] {
  if (oldState && newState?.custom === false) {
    const [before, after] = [oldState.inputs ?? {}, newState.inputs ?? {}];
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...names].filter((name) => !isDeepStrictEqual(before[name], after[name]));
  }
  return [...Object.keys(detailedDiff ?? {}), ...(diffReasons ?? [])].map(inputOf);
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
