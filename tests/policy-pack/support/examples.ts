import assert from "node:assert/strict";
import { type AnyPolicy, check, type CheckOptions } from "./harness";
import {
  component,
  known,
  later,
  type Program,
  type ProgramResource,
  ref,
  resource,
} from "./program";

type Inputs = Record<string, unknown>;

/** How a policy judges resources of one type. */
export interface Example {
  type: string;
  /** Inputs that comply. */
  clean: Inputs;
  /** Changes to them that comply as well. */
  alsoClean?: readonly Inputs[];
  /** Changes that do not, each with the problem that is reported. */
  wrong: readonly (readonly [changes: Inputs, problem: string])[];
  settings?: Record<string, unknown>;
}

/** What others depend on. */
const source = resource("aws:sns/topic:Topic", "source", { kmsMasterKeyId: "alias/events" });

/** The ways in which people write the same resource, by what tells them apart. */
const ways: Record<string, (one: ProgramResource, changed: readonly string[]) => Program> = {
  "all literal": (one) => [one],
  "with a property from another resource": (one) => [
    source,
    changedBy(one, { tags: { Source: ref(source, "arn") } }),
  ],
  "with known outputs": (one, changed) => [
    source,
    changedBy(
      one,
      wrapped(one, changed, (value) => known(value, source)),
    ),
  ],
  "in a component": (one) => {
    const parent = component("group");
    return [parent, { ...one, parent }];
  },
  "under default tags": (one) => [
    { ...one, provider: { region: "eu-west-1", defaultTags: { tags: { Team: "media" } } } },
  ],
};

/** Says how the policy judges the examples, in previews and at deployments. */
export function describeExamples(policy: AnyPolicy, ...examples: Example[]): void {
  describe(policy.name, () => {
    for (const example of examples) {
      describe(labelOf(example.type), () => {
        describeExample(policy, example);
      });
    }
  });
}

function describeExample(policy: AnyPolicy, { settings = {}, ...example }: Example): void {
  const { type, clean, alsoClean = [], wrong } = example;
  const label = `${labelOf(type)} "subject"`;

  for (const changes of [{}, ...alsoClean]) {
    it(`accepts ${JSON.stringify(shown(changes))} beside what complies`, async () => {
      await judged(policy, subject(type, clean, changes), Object.keys(changes), settings, []);
    });
  }

  for (const [changes, problem] of wrong) {
    it(`reports ${JSON.stringify(shown(changes))}`, async () => {
      const one = subject(type, clean, changes);
      await judged(policy, one, Object.keys(changes), settings, [`${label} ${problem}`]);
    });
  }

  it("tells a clean resource from the others in one program", async () => {
    const program = wrong.map(([changes], index) => ({
      ...subject(type, clean, changes),
      name: `wrong-${index}`,
    }));
    const { violations } = await check(policy, [...program, subject(type, clean, {})], {
      settings,
    });
    assert.equal(violations.length, wrong.length);
    assert.ok(violations.every((message) => message.includes('"wrong-')));
  });
}

/** In each way the verdict is the same; what is not known is judged at the deployment. */
async function judged(
  policy: AnyPolicy,
  one: ProgramResource,
  changed: readonly string[],
  settings: Record<string, unknown>,
  expected: string[],
): Promise<void> {
  for (const [way, programOf] of Object.entries(ways)) {
    for (const preview of [true, false]) {
      const verdict = await check(policy, programOf(one, changed), { settings, preview });
      assert.deepEqual(
        verdict,
        { violations: expected, unjudged: [] },
        `${way}, ${stage(preview)}`,
      );
    }
  }
  const late = [
    source,
    changedBy(
      one,
      wrapped(one, changed, (value) => later(value, source)),
    ),
  ];
  const options: CheckOptions = { settings };
  const preview = await check(policy, late, { ...options, preview: true });
  const deployment = await check(policy, late, { ...options, preview: false });
  assert.deepEqual(deployment, { violations: expected, unjudged: [] }, "deployed when known");
  // An unknown value is never reported as if it were known, nor passed over where it decides.
  if (hasValues(one, changed)) {
    assert.deepEqual(preview.violations, [], "not known in the preview");
    assert.equal(preview.unjudged.length, expected.length > 0 ? 1 : preview.unjudged.length);
  }
}

function subject(type: string, clean: Inputs, changes: Inputs): ProgramResource {
  return resource(type, "subject", { ...clean, ...changes });
}

function changedBy(one: ProgramResource, changes: Inputs): ProgramResource {
  return { ...one, inputs: { ...one.inputs, ...changes } };
}

function wrapped(
  { inputs }: ProgramResource,
  changed: readonly string[],
  wrap: (value: unknown) => unknown,
): Inputs {
  const present = changed.filter((property) => inputs[property] !== undefined);
  return Object.fromEntries(present.map((property) => [property, wrap(inputs[property])]));
}

function hasValues({ inputs }: ProgramResource, changed: readonly string[]): boolean {
  return changed.length > 0 && changed.every((property) => inputs[property] !== undefined);
}

function labelOf(type: string): string {
  return `aws.${type.slice(4).replace(/\/.*:/, ".")}`;
}

/** With what is missing in sight. */
function shown(changes: Inputs): Inputs {
  return Object.fromEntries(
    Object.entries(changes).map(([name, value]) => [name, value === undefined ? null : value]),
  );
}

function stage(preview: boolean): string {
  return preview ? "previewed" : "deployed";
}
