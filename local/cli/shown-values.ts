import { isRpcSecret } from "@pulumi/pulumi/runtime/rpc";
import type { Notice } from "../aws/notice";
import { toJsonForm } from "../engine/json-form";
import type { Properties } from "../provider/resource";
import { withoutSecrets } from "../trace/secrets";

/**
 * The stack's outputs as JSON has them, with `[secret]` for each secret.
 *
 * @param outputs in the form in which they travel.
 */
export function shownOutputs(outputs: Properties): Properties {
  return toJsonForm(masked(outputs)) as Properties;
}

/** What a service tells, without the secrets that a function's error may name. */
export function shownNotice(notice: Notice): Notice {
  return notice.type === "error" ? { ...notice, message: withoutSecrets(notice.message) } : notice;
}

function masked(value: unknown): unknown {
  if (isRpcSecret(value)) {
    return "[secret]";
  }
  if (Array.isArray(value)) {
    return value.map(masked);
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, masked(each)]))
    : value;
}
