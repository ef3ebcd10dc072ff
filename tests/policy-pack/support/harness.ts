import assert from "node:assert/strict";
import { createRequire } from "node:module";
import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { unknownValue } from "@pulumi/pulumi/runtime/rpc";
import { Struct } from "../../../local/engine/protobuf";

export type AnyPolicy = ResourceValidationPolicy | StackValidationPolicy;

/** A resource as the engine shows it to a pack. */
export interface FixtureResource {
  type: string;
  name: string;
  /** Values, some of which may be made by {@link outputOf}. */
  props: Record<string, unknown>;
  /** Configuration of the provider. */
  provider?: Record<string, unknown>;
}

/** How to check a fixture. */
export interface CheckOptions {
  /** Settings of the policy. */
  settings?: Record<string, unknown>;
  /** The stack's name. `@default` production */
  stack?: string;
}

/** The value of a property that comes from other resources and is not known in a preview. */
class UnknownOutput {
  readonly sources: readonly FixtureResource[];

  constructor(sources: readonly FixtureResource[]) {
    this.sources = sources;
  }
}

/** A value that comes from these resources and is not known yet. */
export function outputOf(...sources: FixtureResource[]): unknown {
  return new UnknownOutput(sources);
}

/** A resource of a fixture. */
export function resource(
  type: string,
  name: string,
  props: Record<string, unknown>,
  provider?: Record<string, unknown>,
): FixtureResource {
  return { type, name, props, ...(provider && { provider }) };
}

/** The same resource with other properties; one that is `undefined` is missing. */
export function spoiled(
  original: FixtureResource,
  changes: Record<string, unknown>,
): FixtureResource {
  return { ...original, props: { ...original.props, ...changes } };
}

/**
 * What the policy reports on the resources: the messages without the description that precedes them.
 * The SDK's own handlers run it, with its treatment of unknown values.
 */
export async function violations(
  policy: AnyPolicy,
  resources: readonly FixtureResource[],
  { settings = {}, stack = "production" }: CheckOptions = {},
): Promise<string[]> {
  const configured = withSettings(policy, settings);
  const responses =
    "validateStack" in configured
      ? [await analyzeStack(configured, resources, stack)]
      : await Promise.all(resources.map((one) => analyze(configured, one, stack)));
  return responses.flatMap((response) =>
    response.getDiagnosticsList().map((diagnostic) => {
      const prefix = `${policy.description}\n`;
      const message = diagnostic.getMessage();
      return message.startsWith(prefix) ? message.slice(prefix.length) : message;
    }),
  );
}

/** Asserts that the policy has nothing to say about the resources. */
export async function assertAccepted(
  policy: AnyPolicy,
  resources: readonly FixtureResource[],
  options?: CheckOptions,
): Promise<void> {
  assert.deepEqual(await violations(policy, resources, options), []);
}

/** Asserts that the policy reports just this: messages, each followed by how to fix the problem. */
export async function assertRefused(
  policy: AnyPolicy,
  resources: readonly FixtureResource[],
  messages: string | string[],
  options?: CheckOptions,
): Promise<void> {
  assert.deepEqual(
    await violations(policy, resources, options),
    [messages].flat().map((message) => `${message}. ${policy.remediationSteps ?? ""}`),
  );
}

type Handler<Request> = (
  call: { request: Request },
  callback: (error: Error | undefined, response: analyzer.AnalyzeResponse) => void,
) => unknown;

type HandlerFactory<Request> = (
  pack: string,
  version: string,
  level: string,
  policies: AnyPolicy[],
) => Handler<Request>;

// The SDK does not declare what its server is made of.
const { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun } = createRequire(__filename)(
  "@pulumi/policy/server",
) as {
  makeAnalyzeRpcFun: HandlerFactory<analyzer.AnalyzeRequest>;
  makeAnalyzeStackRpcFun: HandlerFactory<analyzer.AnalyzeStackRequest>;
};

/** Settings reach a policy through the server's state otherwise. */
function withSettings(policy: AnyPolicy, settings: Record<string, unknown>): AnyPolicy {
  const getConfig = () => settings as never;
  if ("validateStack" in policy) {
    const { validateStack } = policy;
    return {
      ...policy,
      validateStack: (args, report) => validateStack({ ...args, getConfig }, report),
    };
  }
  const { validateResource } = policy;
  assert.ok(typeof validateResource === "function");
  return {
    ...policy,
    validateResource: (args, report) => validateResource({ ...args, getConfig }, report),
  };
}

async function analyze(policy: AnyPolicy, one: FixtureResource, stack: string) {
  const request = new analyzer.AnalyzeRequest()
    .setType(one.type)
    .setName(one.name)
    .setUrn(urnOf(one, stack))
    .setProperties(structOf(one.props))
    .setOptions(new analyzer.AnalyzerResourceOptions())
    .setProvider(providerOf(one));
  return await run(makeAnalyzeRpcFun, policy, request);
}

async function analyzeStack(
  policy: AnyPolicy,
  resources: readonly FixtureResource[],
  stack: string,
) {
  const all = resources.map((one) => {
    const message = new analyzer.AnalyzerResource()
      .setType(one.type)
      .setName(one.name)
      .setUrn(urnOf(one, stack))
      .setProperties(structOf(one.props))
      .setOptions(new analyzer.AnalyzerResourceOptions())
      .setProvider(providerOf(one));
    for (const [property, value] of definedEntries(one.props)) {
      const urns = sourcesOf(value).map((source) => urnOf(source, stack));
      const dependencies = new analyzer.AnalyzerPropertyDependencies().setUrnsList(urns);
      message.getPropertydependenciesMap().set(property, dependencies);
    }
    return message;
  });
  const request = new analyzer.AnalyzeStackRequest().setResourcesList(all);
  return await run(makeAnalyzeStackRpcFun, policy, request);
}

async function run<Request>(factory: HandlerFactory<Request>, policy: AnyPolicy, request: Request) {
  const handler = factory("darkroom", "0.0.0", "advisory", [policy]);
  return await new Promise<analyzer.AnalyzeResponse>((resolve, reject) => {
    handler({ request }, (error, response) => {
      if (error) {
        reject(error);
      } else {
        resolve(response);
      }
    });
  });
}

function urnOf({ type, name }: FixtureResource, stack: string): string {
  return `urn:pulumi:${stack}::darkroom::${type}::${name}`;
}

function providerOf({ provider = {} }: FixtureResource): analyzer.AnalyzerProviderResource {
  return new analyzer.AnalyzerProviderResource()
    .setType("pulumi:providers:aws")
    .setName("default")
    .setUrn("urn:pulumi:production::darkroom::pulumi:providers:aws::default")
    .setProperties(structOf(provider));
}

function structOf(values: Record<string, unknown>): Struct {
  return Struct.fromJavaScript(onTheWire(values) as Parameters<typeof Struct.fromJavaScript>[0]);
}

function onTheWire(value: unknown): unknown {
  if (value instanceof UnknownOutput) {
    return unknownValue;
  }
  if (Array.isArray(value)) {
    return value.map(onTheWire);
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(definedEntries(value).map(([key, item]) => [key, onTheWire(item)]))
    : value;
}

function definedEntries(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, item]) => item !== undefined);
}

function sourcesOf(value: unknown): readonly FixtureResource[] {
  if (value instanceof UnknownOutput) {
    return value.sources;
  }
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(sourcesOf) : [];
}
