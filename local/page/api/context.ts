import type { StackConfig } from "../../engine/stack-config";
import { isObject } from "../../is-object";
import type { ApiRoute } from "../api-routes";
import { masked, revealed, secretMark } from "./masked";
import type { Context, Revealed } from "./types";

/** What the context tells of. */
export interface ContextSource {
  project: string;
  stack: string;
  /** In the form in which they travel. */
  stackOutputs: Readonly<Record<string, unknown>>;
  config: Pick<StackConfig, "values" | "secretKeys">;
  /** What `endpoints.json` says. */
  endpoints: Readonly<Record<string, unknown>>;
}

/** What all views need to know, and secret outputs one by one. */
export function contextRoutes(source: ContextSource): ApiRoute[] {
  const { project, stack, stackOutputs, config, endpoints } = source;
  return [
    {
      method: "GET",
      path: "/api/context",
      answer: (): Context => ({
        project,
        stack,
        outputs: masked(stackOutputs) as Context["outputs"],
        config: shownConfig(config, project),
        endpoints: addressesIn(endpoints),
      }),
    },
    {
      method: "POST",
      path: "/api/outputs/reveal",
      answer: ({ body }): Revealed => ({ value: revealed(stackOutputs, body.path) }),
    },
  ];
}

function shownConfig(
  { values, secretKeys }: ContextSource["config"],
  project: string,
): Context["config"] {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key.startsWith(`${project}:`) ? key.slice(project.length + 1) : key,
      secretKeys.includes(key) ? secretMark : value,
    ]),
  );
}

/** The URLs in `endpoints`: what is secret there stays there. */
function addressesIn(endpoints: Readonly<Record<string, unknown>>): Context["endpoints"] {
  const addresses: Context["endpoints"] = {};
  for (const [name, value] of Object.entries(endpoints)) {
    if (typeof value === "string" && /^https?:/.test(value)) {
      addresses[name] = value;
    } else if (isObject(value)) {
      addresses[name] = addressesIn(value);
    }
  }
  return addresses;
}
