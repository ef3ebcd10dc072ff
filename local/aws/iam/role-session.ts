import type { Account } from "../types";
import type { Principal } from "./types";

/** Who a session of a role is. */
export function roleSession(
  { roleArn, sessionName }: { roleArn: string; sessionName: string },
  { partition, accountId }: Account,
): Principal {
  const roleName = roleArn.split("/").at(-1) ?? "";
  const arn = `arn:${partition}:sts::${accountId}:assumed-role/${roleName}/${sessionName}`;
  return { kind: "role", arn, roleArn };
}
