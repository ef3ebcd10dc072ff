import { createHash } from "node:crypto";

import type { Account } from "../types";

/** The version of a runtime that functions are run with, such as `nodejs:24.v0`: Node's own, of this machine. */
export function runtimeVersion(runtime: string): string {
  return `${runtime.replace("nodejs", "nodejs:").replace(".x", "")}.v0`;
}

/**
 * The ARN of that version, in the form of Lambda's own: `arn:aws:lambda:<region>::runtime:<64 hexadecimal digits>`.
 * AWS has none of this ID; it is another one for each version of Node.
 */
export function runtimeVersionArn(
  runtime: string,
  { partition, region }: Pick<Account, "partition" | "region">,
): string {
  const id = createHash("sha256").update(`${runtime} ${process.version}`).digest("hex");
  return `arn:${partition}:lambda:${region}::runtime:${id}`;
}
