import { readFile } from "node:fs/promises";
import { specialSecretSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { isObject } from "../is-object";
import type { Properties } from "../provider/resource";
import type { RegisteredResource } from "./registered-resource";
import { isUrn, nameOf, stackType } from "./urn";
import type { StackIdentity } from "./urn";
import { ConfigurationError } from "./configuration-error";

/** The state of a stack, as a file holds it. */
export interface StackState extends StackIdentity {
  /** In the file's order; those that are about to be deleted are left out. */
  resources: RegisteredResource[];
  /** The texts in secrets that the file has in clear, which must not be shown. */
  secrets: string[];
}

/** What stands for a secret that cannot be read, as with `pulumi policy analyze --file`. */
const hiddenSecret = "[secret]";

/**
 * Reads what `pulumi stack export` writes, with or without `--show-secrets`.
 *
 * @throws ConfigurationError when it cannot be read or is something else.
 * @see https://github.com/pulumi/pulumi/blob/master/sdk/go/common/apitype/core.go `DeploymentV3`
 */
export async function readStateFile(file: string): Promise<StackState> {
  const resources = statesIn(file, await readJson(file)).filter((one) => one.delete !== true);
  const secrets: string[] = [];
  const identity = identityOf(file, resources);
  return { ...identity, resources: resources.map((one) => registered(one, secrets)), secrets };
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new ConfigurationError(`The state ${file} cannot be read: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** A resource as the file holds it. */
interface ResourceState {
  urn: string;
  type: string;
  [field: string]: unknown;
}

function statesIn(file: string, content: unknown): ResourceState[] {
  const deployment = isObject(content) ? content.deployment : undefined;
  if (!isObject(deployment)) {
    throw new ConfigurationError(
      `${file} is no state of a stack: it has no deployment. Write one by pulumi stack export --file`,
    );
  }
  const resources = deployment.resources ?? [];
  if (!Array.isArray(resources)) {
    throw new ConfigurationError(`${file} is no state of a stack: its resources are no list`);
  }
  return resources.map((resource: unknown, index) => {
    if (!isObject(resource) || !isUrn(resource.urn) || typeof resource.type !== "string") {
      throw new ConfigurationError(
        `${file} is no state of a stack: resource ${index + 1} has no URN or no type`,
      );
    }
    return resource as ResourceState;
  });
}

function identityOf(file: string, resources: readonly ResourceState[]): StackIdentity {
  const root = resources.find(({ type }) => type === stackType) ?? resources[0];
  if (!root) {
    throw new ConfigurationError(`The state ${file} has no resources`);
  }
  const [qualifiedStack = "", project = ""] = root.urn.split("::");
  return { stack: qualifiedStack.split(":")[2] ?? "", project };
}

function registered(state: ResourceState, secrets: string[]): RegisteredResource {
  const { urn, type } = state;
  return {
    urn,
    type,
    name: nameOf(urn),
    custom: state.custom === true,
    parent: text(state.parent),
    provider: text(state.provider),
    inputs: properties(state.inputs, secrets),
    outputs: properties(state.outputs, secrets),
    id: text(state.id),
    dependencies: strings(state.dependencies),
    propertyDependencies: dependenciesIn(state.propertyDependencies),
    options: {
      aliases: strings(state.aliases),
      additionalSecretOutputs: strings(state.additionalSecretOutputs),
      customTimeouts: {},
      hooks: {},
      ignoreChanges: strings(state.ignoreChanges),
      protect: state.protect === true,
      replaceOnChanges: strings(state.replaceOnChanges),
      retainOnDelete: state.retainOnDelete === true,
    },
  };
}

function properties(value: unknown, secrets: string[]): Properties {
  return (isObject(value) ? opened(value, secrets) : {}) as Properties;
}

/** The value with its secrets in the form in which they travel. */
function opened(value: unknown, secrets: string[]): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => opened(item, secrets));
  }
  if (!isObject(value)) {
    return value;
  }
  if (value[specialSigKey] === specialSecretSig && !("value" in value)) {
    return { [specialSigKey]: specialSecretSig, value: secretIn(value, secrets) };
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, opened(item, secrets)]),
  );
}

/** In clear it is JSON text. */
function secretIn({ plaintext }: Record<string, unknown>, secrets: string[]): unknown {
  if (typeof plaintext !== "string") {
    return hiddenSecret;
  }
  const value = JSON.parse(plaintext) as unknown;
  if (typeof value === "string") {
    secrets.push(value);
  }
  return opened(value, secrets);
}

function dependenciesIn(value: unknown): Record<string, string[]> {
  return isObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, urns]) => [key, strings(urns)]))
    : {};
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}
