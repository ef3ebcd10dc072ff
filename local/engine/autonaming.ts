import { randomBytes, randomUUID } from "node:crypto";
import { z } from "zod";
import type { ProposedName } from "../provider/auto-name";
import { randomText } from "../random-text";
import type { StackConfig } from "./stack-config";
import { nameOf, typeOf } from "./urn";
import type { StackIdentity } from "./urn";
import { ConfigurationError } from "./configuration-error";

/** What to propose as a resource's name; nothing where the provider's own way counts. */
export type Autonaming = (urn: string) => ProposedName | undefined;

/** A way of naming, or nothing where it leaves that to what is less specific. */
type Naming = { make: Autonaming } | undefined;

const namingShape = {
  mode: z.string().optional(),
  pattern: z.string().optional(),
  enforce: z.boolean().optional(),
};
const namingSchema = z.strictObject(namingShape);
const sectionSchema = z.strictObject({
  ...namingShape,
  providers: z
    .record(
      z.string(),
      z.strictObject({ ...namingShape, resources: z.record(z.string(), namingSchema).optional() }),
    )
    .optional(),
});

const key = "pulumi:autonaming";

/**
 * Reads the config `pulumi:autonaming`, which may differ by provider and by type.
 *
 * @throws ConfigurationError when it is not valid.
 * @see https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming-configuration
 */
export function autonamingOf(config: StackConfig, identity: StackIdentity): Autonaming {
  const text = config.values[key];
  if (text === undefined) {
    return () => undefined;
  }
  const { providers = {}, ...root } = parse(text);
  const read = (naming: z.infer<typeof namingSchema>) => namingOf(naming, { config, ...identity });
  const byDefault = read(root);
  const byType = new Map<string, Naming>();
  const byPackage = new Map<string, Naming>();
  for (const [pkg, { resources = {}, ...naming }] of Object.entries(providers)) {
    byPackage.set(pkg, read(naming));
    for (const [type, own] of Object.entries(resources)) {
      const found = read(own);
      if (!found) {
        throw new ConfigurationError(
          `${key}: mode or pattern must be specified for resource "${type}"`,
        );
      }
      byType.set(type, found);
    }
  }
  return (urn) => {
    const type = typeOf(urn);
    const [pkg = ""] = type.split(":");
    return (byType.get(type) ?? byPackage.get(pkg) ?? byDefault)?.make(urn);
  };
}

function parse(text: string): z.infer<typeof sectionSchema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ConfigurationError(`${key} must be an object`, { cause: error });
  }
  const { data, error } = sectionSchema.safeParse(value);
  if (error) {
    throw new ConfigurationError(`${key} is not valid:\n${z.prettifyError(error)}`);
  }
  return data;
}

function namingOf(
  { mode, pattern, enforce }: z.infer<typeof namingSchema>,
  context: StackIdentity & { config: StackConfig },
): Naming {
  if (mode !== undefined && (pattern !== undefined || enforce !== undefined)) {
    throw new ConfigurationError(`${key}: cannot specify both mode and pattern/enforce`);
  }
  if (pattern !== undefined) {
    const resolved = resolvePattern(pattern, context);
    const applied = enforce === true ? "enforce" : "propose";
    return { make: (urn) => ({ mode: applied, name: fillIn(resolved, urn) }) };
  }
  if (enforce !== undefined) {
    throw new ConfigurationError(`${key}: pattern must be specified when enforce is true`);
  }
  return mode === undefined ? undefined : { make: byMode(mode) };
}

function byMode(mode: string): Autonaming {
  switch (mode) {
    case "default":
      return () => undefined;
    case "verbatim":
      return (urn) => ({ mode: "enforce", name: nameOf(urn) });
    case "disabled":
      return () => ({ mode: "disable", name: "" });
    default:
      throw new ConfigurationError(
        `${key}: invalid naming mode: ${mode}; there are default, verbatim and disabled`,
      );
  }
}

/** Fills in what is the same for all resources of the stack. */
function resolvePattern(
  pattern: string,
  { config, project, stack }: StackIdentity & { config: StackConfig },
): string {
  return pattern
    .replaceAll("${organization}", "organization")
    .replaceAll("${project}", project)
    .replaceAll("${stack}", stack)
    .replaceAll(/\$\{config\.([^}]+)\}/g, (_, name: string) => {
      const value = config.values[`${project}:${name}`];
      if (value === undefined) {
        throw new ConfigurationError(`${key}: no value found for key "${name}"`);
      }
      return value;
    });
}

const digits = "0123456789";
const letters = "abcdefghijklmnopqrstuvwxyz";
const drawn: Readonly<Record<string, (length: number) => string>> = {
  hex: (length) => randomBytes(length).toString("hex").slice(0, length),
  alphanum: (length) => randomText(length, letters + digits),
  string: (length) => randomText(length, letters),
  num: (length) => randomText(length, digits),
};

function fillIn(pattern: string, urn: string): string {
  return pattern
    .replaceAll("${name}", nameOf(urn))
    .replaceAll(
      /\$\{(hex|alphanum|string|num)\((\d+)\)\}/g,
      (all, kind: string, length: string) => drawn[kind]?.(Number(length)) ?? all,
    )
    .replaceAll("${uuid}", randomUUID());
}
