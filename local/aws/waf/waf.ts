import { AwsError } from "../aws-error";
import type { Notify } from "../notice";
import { managedGroups, secretRules } from "./managed-rules";
import { nonexistent } from "./errors";
import type { DeclaredWebAcl, InspectedRequest, Refusal, WebAclDefinition } from "./types";
import { WebAcl } from "./web-acl";

export interface WafOptions {
  notify: Notify;
  /** The time; tests pass their own. */
  clock: () => Date;
}

/**
 * Web ACLs, which CloudFront and API Gateway ask before they do anything about a request. It has no logs
 * and no samples; of AWS's own rules it has what AWS tells of them, and says which it has not.
 */
export class Waf {
  readonly #options: WafOptions;
  readonly #acls = new Map<string, { declared: DeclaredWebAcl; acl: WebAcl }>();
  /** ARNs of web ACLs by those of the resources that they protect; distributions name theirs themselves. */
  readonly #associations = new Map<string, string>();

  constructor(options: WafOptions) {
    this.#options = options;
  }

  /** Creates a web ACL, or puts another definition in its place; what it has counted is forgotten then. */
  putWebAcl(declared: DeclaredWebAcl): void {
    const isNew = !this.#acls.has(declared.arn);
    this.#acls.set(declared.arn, { declared, acl: new WebAcl(declared) });
    const unknown = unknownRules(declared);
    if (isNew && unknown.length > 0) {
      this.#options.notify(
        `The web ACL ${declared.name} refuses less than at AWS, which alone knows what these rules look for: ${unknown.join(", ")}`,
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

  all(): DeclaredWebAcl[] {
    return [...this.#acls.values()].map(({ declared }) => declared);
  }

  /** ARNs of the resources that a regional web ACL protects. */
  protectedBy(aclArn: string): string[] {
    return [...this.#associations].filter(([, arn]) => arn === aclArn).map(([arn]) => arn);
  }

  /** The web ACL that protects a resource, if one does. */
  protecting(resourceArn: string): string | undefined {
    return this.#associations.get(resourceArn);
  }

  /** @throws AwsError `WAFNonexistentItemException` when there is no such web ACL of that scope. */
  require(arn: string, scope: WebAclDefinition["scope"]): void {
    if (this.#acls.get(arn)?.declared.scope !== scope) {
      throw nonexistent(`there is no web ACL ${arn} of the scope ${scope}`);
    }
  }

  /** @returns why a web ACL refuses a request, or nothing when it lets it through, or is not there. */
  inspect(arn: string, request: InspectedRequest): Refusal | undefined {
    return this.#acls.get(arn)?.acl.inspect(request, this.#options.clock());
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
