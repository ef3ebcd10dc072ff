import type { GrantUsage, RoleUsage } from "../../local/aws/iam/usage";

/** Why grants may be unused. All fields that are given must be those of the grant. */
export interface Excuse extends Partial<
  Pick<GrantUsage, "policy" | "statement" | "action" | "resource">
> {
  reason: string;
}

/** What is wrong with the grants of a run. */
export interface Findings {
  /** One sentence for each grant that was not used and has no excuse. */
  unused: string[];
  /** One sentence for each excuse that no unused grant needs. */
  needless: string[];
}

export function isUsed({ used }: GrantUsage): boolean {
  return Object.keys(used).length > 0;
}

/** The first excuse for a grant, if there is one. */
export function excuseFor(grant: GrantUsage, allowList: readonly Excuse[]): Excuse | undefined {
  return allowList.find(
    ({ policy, statement, action, resource }) =>
      (policy ?? grant.policy) === grant.policy &&
      (statement ?? grant.statement) === grant.statement &&
      (action ?? grant.action) === grant.action &&
      (resource ?? grant.resource) === grant.resource,
  );
}

/** Compares what was granted with what was used and what may be unused. */
export function findUnused(usage: readonly RoleUsage[], allowList: readonly Excuse[]): Findings {
  const unused: string[] = [];
  const needed = new Set<Excuse>();
  for (const { role, grants } of usage) {
    for (const grant of grants.filter((each) => !isUsed(each))) {
      const excuse = excuseFor(grant, allowList);
      if (excuse) {
        needed.add(excuse);
      } else {
        const { policy, statement, action, resource } = grant;
        unused.push(
          `${role}: nothing used ${action} on ${resource} (statement "${statement}" of ${policy})`,
        );
      }
    }
  }
  const needless = allowList
    .filter((excuse) => !needed.has(excuse))
    .map(({ reason }) => `The allow-list excuses what is used or not granted: ${reason}`);
  return { unused, needless };
}
