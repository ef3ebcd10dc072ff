import { resource } from "./program";
import type { RuleProgram } from "./six-ways";

type Inputs = Record<string, unknown>;

/** How a rule judges resources of one type, each by itself. */
export interface Example {
  /** Several where the rule judges their resources alike. */
  type: string | readonly string[];
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
    const { type, alsoClean = [], wrong } = example;
    return [type]
      .flat()
      .flatMap((each) => [
        programOf(each, example, {}),
        ...alsoClean.map((changes) => programOf(each, example, changes)),
        ...wrong.map(([changes, problem]) => programOf(each, example, changes, problem)),
      ]);
  });
}

function programOf(type: string, example: Example, changes: Inputs, problem?: string): RuleProgram {
  const { clean, settings, asks = {} } = example;
  const label = `aws.${type.slice(4).replace(/\/.*:/, ".")} "subject"`;
  const inputs = { ...clean, ...changes };
  const property = decisiveProperty(example, changes);
  const asked = property !== undefined && property in asks ? asks[property] : property;
  return {
    title: `${type} with ${shown(changes)}`,
    resources: [resource(type, "subject", inputs)],
    ...(settings && { settings }),
    violations: problem === undefined ? [] : [`${label} ${problem}`],
    ...(property !== undefined &&
      inputs[property] !== undefined && {
        decisive: ["subject", property] as const,
        undecided: { unjudged: asked === null ? [] : [`${label} (${asked})`] },
      }),
  };
}

/** The one property that changes; where none does, the one that the first wrong change is about. */
function decisiveProperty({ wrong }: Example, changes: Inputs): string | undefined {
  const isUnchanged = Object.keys(changes).length === 0;
  const [property, another] = Object.keys((isUnchanged ? wrong[0]?.[0] : changes) ?? {});
  return another === undefined ? property : undefined;
}

/** With what is missing in sight. */
function shown(changes: Inputs): string {
  return JSON.stringify(changes, (_, value: unknown) => value ?? null);
}
