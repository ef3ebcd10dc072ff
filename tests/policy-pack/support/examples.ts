import { resource } from "./program";
import type { RuleProgram } from "./six-ways";

type Inputs = Record<string, unknown>;

/** How a rule judges resources of one type, each by itself. */
export interface Example {
  type: string;
  /** Inputs that comply. */
  clean: Inputs;
  /** Changes to them that comply as well. */
  alsoClean?: readonly Inputs[];
  /** Changes that do not, each with the problem that is reported. */
  wrong: readonly (readonly [changes: Inputs, problem: string])[];
  settings?: Record<string, unknown>;
  /**
   * What the rule asks of a property that it has to know, where that is not the property itself;
   * `null` where it need not know it. Several, as in `a.b, a.c`, are given as one text.
   */
  asks?: Readonly<Record<string, string | null>>;
}

/** A program for each of the changes, of one resource; an output may decide where one property does. */
export function programsOf(...examples: Example[]): RuleProgram[] {
  return examples.flatMap((example) => {
    const { alsoClean = [], wrong } = example;
    return [
      programOf(example, {}),
      ...alsoClean.map((changes) => programOf(example, changes)),
      ...wrong.map(([changes, problem]) => programOf(example, changes, problem)),
    ];
  });
}

function programOf(
  { type, clean, settings, asks = {} }: Example,
  changes: Inputs,
  problem?: string,
): RuleProgram {
  const label = `aws.${type.slice(4).replace(/\/.*:/, ".")} "subject"`;
  const [property, another] = Object.keys(changes);
  const isDecided =
    property !== undefined && another === undefined && changes[property] !== undefined;
  const asked = property === undefined ? null : property in asks ? asks[property] : property;
  return {
    title: `${type} with ${shown(changes)}`,
    resources: [resource(type, "subject", { ...clean, ...changes })],
    ...(settings && { settings }),
    violations: problem === undefined ? [] : [`${label} ${problem}`],
    ...(isDecided && {
      decisive: ["subject", property] as const,
      undecided: { unjudged: asked === null ? [] : [`${label} (${asked})`] },
    }),
  };
}

/** With what is missing in sight. */
function shown(changes: Inputs): string {
  return JSON.stringify(changes, (_, value: unknown) => value ?? null);
}
