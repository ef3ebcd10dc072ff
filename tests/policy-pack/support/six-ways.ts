import { isTaggable } from "../../../policy-pack/lib/aws-types";
import {
  component,
  known,
  later,
  type Program,
  type ProgramResource,
  type ProviderSettings,
  remade,
  resource,
} from "./program";

/** A program that a rule is tried on, and what the rule says of it, in full. */
export interface RuleProgram {
  title: string;
  resources: Program;
  /** Settings of the rule. `@default` its own */
  settings?: Record<string, unknown>;
  /** Messages without the remedy, in previews as at deployments. `@default` none */
  violations?: readonly string[];
  /**
   * The property that decides: name of the resource and of the property. Two of the ways to write the
   * program give it as an output. Absent where it is something missing that decides.
   */
  decisive?: readonly [resource: string, property: string];
  /** What a preview reports while the decisive property is not known. `@default` none */
  undecided?: {
    violations?: readonly string[];
    /** Resources with what is not known of them, such as `aws.s3.Bucket "a" (acl)`. */
    unjudged?: readonly string[];
  };
}

/** The programs of a rule, clean ones and violating ones. */
export interface RulePrograms {
  rule: string;
  programs: readonly RuleProgram[];
}

/** A program as somebody writes it, and what the rule says of it then. */
export interface WrittenProgram {
  way: string;
  resources: Program;
  preview: { violations: readonly string[]; unjudged: readonly string[] };
  deployment: { violations: readonly string[] };
}

/** Where outputs come from that have nothing to do with the rule. */
const source = resource("aws:sqs/queue:Queue", "source", {
  name: "source",
  kmsMasterKeyId: "alias/source",
  tags: { Environment: "Production" },
});

/** The tags are those that the pack requires, so that the rule on tags says the same as without them. */
const defaultTags: ProviderSettings = { defaultTags: { tags: { CostCenter: "42" } } };

/** The program in the ways in which people write such programs. */
export function sixWays(program: RuleProgram): WrittenProgram[] {
  const { resources, violations = [], decisive, undecided } = program;
  const judged = { preview: { violations, unjudged: [] }, deployment: { violations } };
  const ways: WrittenProgram[] = [
    { way: "literal", resources, ...judged },
    { way: "with one property from an output", resources: withOutput(resources), ...judged },
    { way: "in a component", resources: inComponent(resources), ...judged },
    { way: "under default tags", resources: underDefaultTags(resources), ...judged },
  ];
  if (decisive) {
    const preview = {
      violations: undecided?.violations ?? [],
      unjudged: undecided?.unjudged ?? [],
    };
    ways.push(
      { way: "from a known output", resources: decided(resources, decisive, known), ...judged },
      {
        way: "from an output that is not known yet",
        resources: decided(resources, decisive, later),
        preview,
        deployment: { violations },
      },
    );
  }
  return ways;
}

/** Each resource that takes tags gets one that decides nothing and comes from an output. */
function withOutput(program: Program): Program {
  const others = remade(program, (one) =>
    isTaggable(one.type)
      ? { ...one, inputs: { ...one.inputs, tags: withOutputTag(one.inputs.tags) } }
      : one,
  );
  return [source, ...others];
}

function withOutputTag(tags: unknown): unknown {
  const value = later("late", source);
  if (Array.isArray(tags)) {
    return [...(tags as unknown[]), { key: "Source", value, propagateAtLaunch: true }];
  }
  return typeof tags === "object" && tags !== null ? { ...tags, Source: value } : { Source: value };
}

function inComponent(program: Program): Program {
  const parent = component("group");
  return [parent, ...remade(program, (one) => ({ ...one, parent: one.parent ?? parent }))];
}

function underDefaultTags(program: Program): Program {
  return remade(program, (one) => ({ ...one, provider: { ...defaultTags, ...one.provider } }));
}

function decided(
  program: Program,
  [name, property]: readonly [string, string],
  output: (value: unknown, source: ProgramResource) => unknown,
): Program {
  const others = remade(program, (one) =>
    one.name === name
      ? { ...one, inputs: { ...one.inputs, [property]: output(one.inputs[property], source) } }
      : one,
  );
  return [source, ...others];
}
