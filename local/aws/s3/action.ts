import type { Call } from "./call";
import type { Reply } from "./reply";

/** One operation of S3's API. */
export interface Action {
  /**
   * The IAM actions that the caller needs on the target of the call, all of them, before anything
   * else is looked at. An action that judges several objects asks for each itself.
   */
  permissions: (call: Call) => readonly string[];
  run: (call: Call) => Reply | Promise<Reply>;
}

/** `s3:GetObjectVersion` for `s3:GetObject` when the call names a version, and so on. */
export function versioned(
  action: string,
  versionAction = `${action}Version`,
): Action["permissions"] {
  return (call) => [call.query.has("versionId") ? versionAction : action];
}
