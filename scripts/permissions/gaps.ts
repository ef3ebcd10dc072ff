import {
  boundaryPolicy,
  groupNames,
  readNames,
  readPolicy,
  refreshPolicy,
  writePolicy,
} from "../../bootstrap/permissions/documents";
import type { StackPermissions } from "../../bootstrap/permissions/stack-permissions";
import { messageOf } from "../../local/message-of";

/** Whose account it is changes nothing of what is known. */
const account = {
  ...{ partition: "aws", accountId: "123456789012" },
  ...{ prefix: "darkroom", project: "darkroom" },
};

const nothing: StackPermissions = {
  ...{ types: [], functions: [], roleActions: [] },
  ...{ managedPolicies: [], trustedServices: [], objectKeys: [] },
};

const parts = ["types", "functions", "roleActions", "managedPolicies"] as const;

/** What `bootstrap/` cannot grant, since its tables do not know it: each with the place to say it. */
export function gapsFor(needed: StackPermissions): string[] {
  const one = parts.flatMap((part) => needed[part].map((name) => ({ ...nothing, [part]: [name] })));
  return [...new Set(one.flatMap((permissions) => refusalsOf(permissions)))];
}

function refusalsOf(permissions: StackPermissions): string[] {
  const documents = [
    () => boundaryPolicy(account, permissions),
    () => refreshPolicy(account, permissions),
    ...readNames.map((name) => () => readPolicy(name, account, permissions)),
    ...groupNames.map((group) => () => writePolicy(group, account, permissions, "arn")),
  ];
  return documents.flatMap((make) => {
    try {
      make();
      return [];
    } catch (error) {
      return [messageOf(error)];
    }
  });
}
