import type { z } from "zod";
import { NotEmulated } from "./refuse-inputs";
import type { ResourceRequest } from "./resource";

/** @throws NotEmulated that lists every input that the local cloud has not. */
export function parse<T>(schema: z.ZodType<T>, request: ResourceRequest): T {
  const result = schema.safeParse(request.inputs);
  if (!result.success) {
    throw new NotEmulated(request, result.error.issues.flatMap(whatIsMissing).join(", "));
  }
  return result.data;
}

/** The rules of the provider have been kept: what the schemas have not is not emulated. */
function whatIsMissing(issue: z.core.$ZodIssue): string[] {
  const path = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => (path === "" ? key : `${path}.${key}`));
  }
  const isLeftOut = issue.code === "invalid_type" && issue.input === undefined;
  return [isLeftOut ? `${path} left out` : path];
}
