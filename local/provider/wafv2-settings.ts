import type { Structure, Value } from "../aws/api/output";
import { capitalized } from "../capitalized";

/** Names that the API writes in another way than with a capital. */
const names: Readonly<Record<string, string>> = {
  cloudwatchMetricsEnabled: "CloudWatchMetricsEnabled",
};

/** Inputs of a web ACL that its settings have, in the order of the API. */
const inputsOfSettings = ["defaultAction", "rules", "visibilityConfig"] as const;

interface SettingsInputs {
  customResponseBodies?: { key: string; content: string; contentType: string }[];
  associationConfig?: { requestBodies?: Record<string, unknown>[] };
}

/**
 * The settings of a web ACL as its API has them: as its inputs, but for names, and for maps, which are lists there.
 *
 * @see https://docs.aws.amazon.com/waf/latest/APIReference/API_WebACL.html
 */
export function webAclSettings(inputs: Readonly<Record<string, unknown>>): Structure {
  const { customResponseBodies = [], associationConfig } = inputs as SettingsInputs;
  const bodies = customResponseBodies.map(
    ({ key, content, contentType }) =>
      [key, { ContentType: contentType, Content: content }] as const,
  );
  const common = inputsOfSettings.map((name) => [named(name), renamed(inputs[name])] as const);
  return {
    Rules: [],
    ...Object.fromEntries(common.filter(([, value]) => value !== undefined)),
    ...(bodies.length > 0 && { CustomResponseBodies: new Map(bodies) }),
    ...(associationConfig && { AssociationConfig: associationOf(associationConfig) }),
  };
}

/** How much of a body is looked at, by what it is sent to. */
function associationOf({ requestBodies = [] }: SettingsInputs["associationConfig"] & object) {
  const limits = requestBodies.flatMap((body) =>
    Object.entries(body).map(
      ([kind, limit]) => [kind.replace(/[A-Z]/g, "_$&").toUpperCase(), renamed(limit)] as const,
    ),
  );
  return { RequestBody: new Map(limits) };
}

function renamed(value: unknown): Value {
  if (Array.isArray(value)) {
    return value.map(renamed);
  }
  if (typeof value !== "object" || value === null) {
    return value as string | number | boolean | undefined;
  }
  const members = Object.entries(value).map(
    ([name, part]) => [named(name), renamed(part)] as const,
  );
  return Object.fromEntries(members);
}

function named(name: string): string {
  return names[name] ?? capitalized(name);
}
