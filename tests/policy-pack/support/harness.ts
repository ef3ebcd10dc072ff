import assert from "node:assert/strict";
import { createRequire } from "node:module";
import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import { AnalyzerService } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { levelOf } from "../../../local/engine/analyzer-messages";
import { observeEngine } from "../../../policy-pack/lib/observe-engine";
import { PolicyList } from "../../../policy-pack/lib/policy-list";
import { policies } from "../../../policy-pack/policies";
import { later, type Program, type ProgramResource } from "./program";
import { simulate } from "./simulated-engine";
import { analyzeRequest, stackResource } from "./wire";

export { resource } from "./program";

export type AnyPolicy = ResourceValidationPolicy | StackValidationPolicy;

/** How to check a program. */
export interface CheckOptions {
  /** Settings of the policy. */
  settings?: Record<string, unknown>;
  /** The stack's name. `@default` production */
  stack?: string;
  /** Whether it is previewed, or else deployed. `@default` true */
  preview?: boolean;
}

/** What a policy says of a program. */
export interface Verdict {
  /** Messages without the description before and the remedy after them. */
  violations: string[];
  /** Resources with what is not known of them, such as `aws.s3.Bucket "a" (acl)`. */
  unjudged: string[];
}

// The pack does the same as it starts.
observeEngine(new PolicyList(policies));

/** A value that comes from these resources and is not known in a preview. */
export function outputOf(...sources: ProgramResource[]): unknown {
  return later("deployed", ...sources);
}

/** The same resource with other inputs; one that is `undefined` is missing. */
export function spoiled(
  original: ProgramResource,
  changes: Record<string, unknown>,
): ProgramResource {
  return { ...original, inputs: { ...original.inputs, ...changes } };
}

/** Asserts that the policy has nothing to report on the program. */
export async function assertAccepted(
  policy: AnyPolicy,
  program: Program,
  options?: CheckOptions,
): Promise<void> {
  assert.deepEqual(await violations(policy, program, options), []);
}

/** Asserts that the policy reports just this. */
export async function assertRefused(
  policy: AnyPolicy,
  program: Program,
  messages: string | string[],
  options?: CheckOptions,
): Promise<void> {
  assert.deepEqual(await violations(policy, program, options), [messages].flat());
}

/** Asserts that the policy reports nothing, and says of these resources that it cannot judge them yet. */
export async function assertUnjudged(
  policy: AnyPolicy,
  program: Program,
  resources: string | string[],
  options?: CheckOptions,
): Promise<void> {
  assert.deepEqual(await check(policy, program, options), {
    violations: [],
    unjudged: [resources].flat(),
  });
}

/** What the policy reports. */
export async function violations(
  policy: AnyPolicy,
  program: Program,
  options?: CheckOptions,
): Promise<string[]> {
  return (await check(policy, program, options)).violations;
}

let last: Promise<unknown> = Promise.resolve();

/** What the policy says of the program, run by the SDK's own handlers on what the engine sends. */
export function check(
  policy: AnyPolicy,
  program: Program,
  options: CheckOptions = {},
): Promise<Verdict> {
  return inTurn(async () => verdictOf(await run([policy], program, options), policy));
}

/**
 * What each of the policies reports, in their order, after its name. They are asked as a pack asks its
 * policies: each message of the engine is for all of them.
 */
export function reportsOf(
  policiesOfPack: readonly AnyPolicy[],
  program: Program,
  options: CheckOptions = {},
): Promise<string[]> {
  return inTurn(async () => {
    const diagnostics = await run(policiesOfPack, program, options);
    const strange = diagnostics.filter(
      (diagnostic) => !policiesOfPack.some(({ name }) => name === diagnostic.getPolicyname()),
    );
    assert.deepEqual(strange, [], "reports of no policy that was asked");
    return policiesOfPack.flatMap((policy) => {
      const own = diagnostics.filter((diagnostic) => diagnostic.getPolicyname() === policy.name);
      return verdictOf(own, policy).violations.map((message) => `${policy.name}: ${message}`);
    });
  });
}

/** A diagnostic, as the SDK has made it. */
export interface Diagnostic {
  level: string;
  message: string;
}

/** Whatever the SDK says of the program for the policy. */
export function diagnosticsOf(
  policy: AnyPolicy,
  program: Program,
  options: CheckOptions = {},
): Promise<Diagnostic[]> {
  return inTurn(async () =>
    (await run([policy], program, options)).map((diagnostic) => ({
      level: levelOf(diagnostic.getEnforcementlevel()),
      message: diagnostic.getMessage(),
    })),
  );
}

/** Checks are done one after the other: a pack serves one run at a time. */
function inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
  const result = last.then(task);
  last = result.catch(() => undefined);
  return result;
}

async function run(
  policiesOfPack: readonly AnyPolicy[],
  program: Program,
  { settings = {}, stack = "production", preview = true }: CheckOptions,
): Promise<analyzer.AnalyzeDiagnostic[]> {
  const configured = policiesOfPack.map((policy) => withSettings(policy, settings));
  const resources = simulate(program, { stack, preview });
  received(AnalyzerService.configure, new analyzer.ConfigureAnalyzerRequest());
  const diagnostics: analyzer.AnalyzeDiagnostic[] = [];
  for (const one of resources) {
    const request = received(AnalyzerService.analyze, analyzeRequest(one));
    diagnostics.push(...(await call(makeAnalyzeRpcFun, configured, request)));
  }
  // A deployment ends where a mandatory policy refuses a resource.
  if (preview || !diagnostics.some(isRefusal)) {
    const all = new analyzer.AnalyzeStackRequest().setResourcesList(resources.map(stackResource));
    const request = received(AnalyzerService.analyzeStack, all);
    diagnostics.push(...(await call(makeAnalyzeStackRpcFun, configured, request)));
  }
  return diagnostics;
}

/** A message as it arrives with the pack. */
function received<Message extends { serializeBinary(): Uint8Array }>(
  method: { requestDeserialize: (data: Buffer) => Message },
  message: Message,
): Message {
  return method.requestDeserialize(Buffer.from(message.serializeBinary()));
}

function isRefusal(diagnostic: analyzer.AnalyzeDiagnostic): boolean {
  return diagnostic.getEnforcementlevel() === analyzer.EnforcementLevel.MANDATORY;
}

const note =
  /^can't run policy '.*' from policy pack '.*' during preview: not known before the deployment: (.*)$/;

function verdictOf(
  diagnostics: readonly analyzer.AnalyzeDiagnostic[],
  { description, remediationSteps = "" }: AnyPolicy,
): Verdict {
  const verdict: Verdict = { violations: [], unjudged: [] };
  for (const diagnostic of diagnostics) {
    const message = diagnostic.getMessage();
    const [, resources] = note.exec(message) ?? [];
    if (resources === undefined) {
      const [prefix, suffix] = [`${description}\n`, `. ${remediationSteps}`];
      assert.ok(message.startsWith(prefix) && message.endsWith(suffix), message);
      verdict.violations.push(message.slice(prefix.length, -suffix.length));
    } else {
      assert.equal(diagnostic.getEnforcementlevel(), analyzer.EnforcementLevel.ADVISORY);
      verdict.unjudged.push(...resources.split("; "));
    }
  }
  return verdict;
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

async function call<Request>(
  factory: HandlerFactory<Request>,
  policiesOfPack: AnyPolicy[],
  request: Request,
): Promise<analyzer.AnalyzeDiagnostic[]> {
  const handler = factory("darkroom", "0.0.0", "advisory", policiesOfPack);
  const response = await new Promise<analyzer.AnalyzeResponse>((resolve, reject) => {
    handler({ request }, (error, answer) => {
      if (error) {
        reject(error);
      } else {
        resolve(answer);
      }
    });
  });
  return response.getDiagnosticsList();
}

/** Settings reach a policy through the server's state otherwise. */
function withSettings(policy: AnyPolicy, settings: Record<string, unknown>): AnyPolicy {
  const getConfig = () => settings as never;
  const validateStack = "validateStack" in policy ? policy.validateStack : undefined;
  const validateResource = "validateResource" in policy ? policy.validateResource : undefined;
  assert.ok(!Array.isArray(validateResource));
  return {
    ...policy,
    ...(validateStack && {
      validateStack: (args, report) => validateStack({ ...args, getConfig }, report),
    }),
    ...(validateResource && {
      validateResource: (args, report) => validateResource({ ...args, getConfig }, report),
    }),
  };
}
