import type { Findings } from "../../engine/run-checked";
import type { RegisteredResource } from "../../engine/registered-resource";
import { isObject } from "../../is-object";
import { invalid, notFound } from "../api-error";
import type { ApiRoute } from "../api-routes";
import { masked, revealed } from "./masked";
import type { ResourceDetails, ResourceSummary, Revealed, StackAnswer } from "./types";

/** What the program has made. */
export interface StackSource {
  resources: readonly RegisteredResource[];
  /** What the policy pack found; absent where none was asked. */
  findings: Findings | undefined;
  /** When the stack was deployed. */
  at: Date;
}

/** The resources of the stack, one of them, and its secrets one by one. */
export function stackRoutes({ resources, findings, at }: StackSource): ApiRoute[] {
  const kept = keep(resources);
  const violations = violationCounts(findings);
  return [
    {
      method: "GET",
      path: "/api/stack",
      answer: (): StackAnswer => ({
        at: at.toISOString(),
        resources: read(kept).map((resource) => summaryOf(resource, violations)),
      }),
    },
    {
      method: "GET",
      path: "/api/stack/resource",
      answer: ({ query }): ResourceDetails => {
        const all = read(kept);
        return detailsOf(find(all, query.get("urn")), all, violations);
      },
    },
    {
      method: "POST",
      path: "/api/stack/resource/reveal",
      answer: ({ body }): Revealed => {
        const resource = find(read(kept), body.urn);
        if (body.of !== "inputs" && body.of !== "outputs") {
          throw invalid('of is "inputs" or "outputs".');
        }
        return { value: revealed(resource[body.of] ?? {}, body.path) };
      },
    },
  ];
}

/**
 * The resources as bytes: as objects they would take several times the memory, of which the engine
 * has no more need once they are created.
 */
function keep(resources: readonly RegisteredResource[]): Buffer {
  return Buffer.from(JSON.stringify(resources));
}

function read(kept: Buffer): RegisteredResource[] {
  return JSON.parse(kept.toString()) as RegisteredResource[];
}

function find(resources: readonly RegisteredResource[], urn: unknown): RegisteredResource {
  const found = resources.find((resource) => resource.urn === urn);
  if (!found) {
    throw notFound(`The stack has no resource ${JSON.stringify(urn)}.`);
  }
  return found;
}

function violationCounts(findings: Findings | undefined): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { urn } of findings?.violations ?? []) {
    counts.set(urn, (counts.get(urn) ?? 0) + 1);
  }
  return counts;
}

function summaryOf(
  { urn, type, name, custom, parent, id, source, options }: RegisteredResource,
  violations: ReadonlyMap<string, number>,
): ResourceSummary {
  return {
    urn,
    type,
    name,
    custom,
    protect: options.protect,
    violations: violations.get(urn) ?? 0,
    ...(parent !== undefined && { parent }),
    ...(id !== undefined && { id }),
    ...(source && { source }),
  };
}

function detailsOf(
  resource: RegisteredResource,
  all: readonly RegisteredResource[],
  violations: ReadonlyMap<string, number>,
): ResourceDetails {
  const { urn, inputs, outputs = {}, dependencies } = resource;
  return {
    ...summaryOf(resource, violations),
    dependencies,
    dependents: all.filter((other) => other.dependencies.includes(urn)).map((other) => other.urn),
    inputs: maskedProperties(inputs),
    outputs: maskedProperties(outputs),
  };
}

function maskedProperties(properties: unknown): Record<string, unknown> {
  const shown = masked(properties);
  return isObject(shown) ? shown : {};
}
