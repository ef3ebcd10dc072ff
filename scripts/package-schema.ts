import { join } from "node:path";
import { ComponentProvider } from "@pulumi/pulumi/provider/experimental/provider";
import * as components from "../package/index";
import { name, version } from "../package.json";

/** A property of a component or of a type. */
export interface SchemaProperty {
  type?: "string" | "number" | "boolean" | "array" | "object";
  /** `#/types/<token>` of a type of the package. */
  $ref?: string;
  items?: SchemaProperty;
  additionalProperties?: SchemaProperty;
  description?: string;
}

/** A component in a schema. */
export interface ComponentSchema {
  description?: string;
  inputProperties: Record<string, SchemaProperty>;
  requiredInputs: string[];
  properties: Record<string, SchemaProperty>;
}

/** A type in a schema. */
export interface TypeSchema {
  properties: Record<string, SchemaProperty>;
  required: string[];
}

/** A package's schema, as far as it is read here. */
export interface PackageSchema {
  name: string;
  resources: Record<string, ComponentSchema>;
  types: Record<string, TypeSchema>;
}

/** What `pulumi package get-schema` prints of this repository; found out once in a process. */
export function packageSchema(): Promise<PackageSchema> {
  found ??= findSchema();
  return found;
}

let found: Promise<PackageSchema> | undefined;

async function findSchema(): Promise<PackageSchema> {
  const dirname = join(__dirname, "../package");
  const provider = new ComponentProvider({
    ...{ name, version, dirname },
    components: Object.values(components),
  });
  return JSON.parse(await provider.getSchema()) as PackageSchema;
}
