import { AwsError } from "../aws-error";
import type { Notify } from "../notice";
import { managedGroups, secretRules } from "./managed-rules";
import type { InspectedRequest, Refusal, WebAclDefinition } from "./types";
import { WebAcl } from "./web-acl";

export interface WafOptions {
  notify: Notify;
  /** The time; tests pass their own. */
  clock: () => Date;
}

/**
 * Web ACLs, which CloudFront and API Gateway ask before they do anything about a request. It has no API of its
 * own, no logs and no samples; of AWS's own rules it has what AWS tells of them, and says which it has not.
 */
export class Waf {
  readonly #options: WafOptions;
  readonly #acls = new Map<string, WebAcl>();
  /** ARNs of web ACLs by those of the resources that they protect; distributions name theirs themselves. */
  readonly #associations = new Map<string, string>();

  constructor(options: WafOptions) {
    this.#options = options;
  }

  /** Creates a web ACL, or puts another definition in its place; what it has counted is forgotten then. */
  putWebAcl(definition: WebAclDefinition): void {
    const isNew = !this.#acls.has(definition.arn);
    this.#acls.set(definition.arn, new WebAcl(definition));
    const unknown = unknownRules(definition);
    if (isNew && unknown.length > 0) {
      this.#options.notify(
        `The web ACL ${definition.name} refuses less than at AWS, which alone knows what these rules look for: ${unknown.join(", ")}`,
      );
    }
  }

  /** Deletes a web ACL. @throws AwsError `WAFAssociatedItemException` while it protects something. */
  deleteWebAcl(arn: string): void {
    if ([...this.#associations.values()].includes(arn)) {
      throw new AwsError(
        "WAFAssociatedItemException",
        "AWS WAF couldn’t perform the operation because your resource is being used by another resource or it’s associated with another resource.",
      );
    }
    this.#acls.delete(arn);
  }

  /** Protects a resource by a regional web ACL. @throws AwsError `WAFNonexistentItemException`. */
  associate(resourceArn: string, aclArn: string): void {
    this.require(aclArn, "REGIONAL");
    this.#associations.set(resourceArn, aclArn);
  }

  disassociate(resourceArn: string): void {
    this.#associations.delete(resourceArn);
  }

  /** The web ACL that protects a resource, if one does. */
  protecting(resourceArn: string): string | undefined {
    return this.#associations.get(resourceArn);
  }

  /** @throws AwsError `WAFNonexistentItemException` when there is no such web ACL of that scope. */
  require(arn: string, scope: WebAclDefinition["scope"]): void {
    if (this.#acls.get(arn)?.definition.scope !== scope) {
      throw new AwsError(
        "WAFNonexistentItemException",
        `AWS WAF couldn’t perform the operation because your resource doesn’t exist: there is no web ACL ${arn} of the scope ${scope}.`,
      );
    }
  }

  /** @returns why a web ACL refuses a request, or nothing when it lets it through, or is not there. */
  inspect(arn: string, request: InspectedRequest): Refusal | undefined {
    return this.#acls.get(arn)?.inspect(request, this.#options.clock());
  }
}

/** Rules that would refuse requests, and of which it is not known what they look for. */
function unknownRules({ rules }: WebAclDefinition): string[] {
  return rules.flatMap(({ statement }) => {
    if (statement.kind === "rate" || statement.countsOnly) {
      return [];
    }
    const { group, overrides } = statement;
    return managedGroups[group]
      ? secretRules(group).filter((name) => overrides[name]?.kind !== "count")
      : [`all of ${group}`];
  });
}
