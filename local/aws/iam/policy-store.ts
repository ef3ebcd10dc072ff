import { globalArn } from "../arn";
import { AwsError } from "../aws-error";
import type { Account } from "../types";
import { compilePolicy } from "./compile";
import type { CompiledStatement } from "./compile";
import { uniqueId } from "./identifiers";
import { checkName, checkPath, checkQuota } from "./limits";
import { managedPolicies } from "./managed-policies";
import { documentSize } from "./policy-document";

/** A managed policy that exists. */
export interface Policy {
  name: string;
  arn: string;
  /** `ANPA…`. */
  policyId: string;
}

export interface CreatePolicyRequest {
  name: string;
  /** @default `/` */
  path?: string;
  /** JSON text. */
  document: string;
  description?: string;
  tags?: Readonly<Record<string, string>>;
}

/** A policy with its document, ready to be evaluated. */
export interface PolicyRecord extends Policy {
  path: string;
  /** JSON text. */
  document: string;
  description?: string | undefined;
  tags: Readonly<Record<string, string>>;
  createdAt: Date;
  updatedAt: Date;
  /** Counts the documents that it had, from 1. Former ones are not kept. */
  version: number;
  statements: readonly CompiledStatement[];
}

/** Managed policies: the account's, and those that AWS manages. */
export class PolicyStore {
  readonly #account: Account;
  readonly #clock: () => Date;
  readonly #policies: Map<string, PolicyRecord>;

  constructor(account: Account, clock: () => Date) {
    this.#account = account;
    this.#clock = clock;
    this.#policies = new Map(
      managedPolicies(account).map(([arn, document]) => [
        arn,
        managedPolicy(account, arn, document),
      ]),
    );
  }

  /** All policies; AWS's first. */
  all(): PolicyRecord[] {
    return [...this.#policies.values()];
  }

  get(arn: string): PolicyRecord | undefined {
    return this.#policies.get(arn);
  }

  /** ARN of a policy of the account. */
  arn({ name, path = "/" }: { name: string; path?: string }): string {
    return globalArn(this.#account, "iam", `policy${path}${name}`);
  }

  /**
   * @throws AwsError `EntityAlreadyExists`, `ValidationError`, `LimitExceeded`, or
   * `MalformedPolicyDocument`.
   */
  create(request: CreatePolicyRequest): PolicyRecord {
    const { name, path = "/", document, description, tags = {} } = request;
    checkName(name, 128);
    checkPath(path);
    checkQuota("PolicySize", documentSize(document));
    const arn = this.arn({ name, path });
    if (this.#policies.has(arn)) {
      throw new AwsError("EntityAlreadyExists", `A policy called ${name} already exists.`, 409);
    }
    const now = this.#clock();
    const policyId = uniqueId("ANPA", this.#account, name);
    const statements = compilePolicy(document, "identity", `policy ${name}`);
    const named = { name, path, arn, policyId, description, tags };
    const policy = { ...named, document, createdAt: now, updatedAt: now, version: 1, statements };
    this.#policies.set(arn, policy);
    return policy;
  }

  /**
   * Replaces the document of a policy.
   *
   * @throws AwsError `NoSuchEntity`, `LimitExceeded`, or `MalformedPolicyDocument`.
   */
  update({ name, path = "/", document, tags = {} }: CreatePolicyRequest): PolicyRecord {
    const arn = this.arn({ name, path });
    const policy = this.#policies.get(arn);
    if (!policy) {
      throw new AwsError("NoSuchEntity", `Policy ${arn} does not exist.`, 404);
    }
    checkQuota("PolicySize", documentSize(document));
    const statements = compilePolicy(document, "identity", `policy ${name}`);
    const version = policy.version + (document === policy.document ? 0 : 1);
    const updated = { ...policy, document, tags, version, statements, updatedAt: this.#clock() };
    this.#policies.set(arn, updated);
    return updated;
  }

  delete(arn: string): void {
    this.#policies.delete(arn);
  }
}

/** The day on which IAM began; when AWS made each policy is not kept here. */
const longAgo = new Date("2015-02-06T18:40:58Z");

function managedPolicy(account: Account, arn: string, document: unknown): PolicyRecord {
  const [, path = "", name = ""] = /:policy(\/(?:.*\/)?)([^/]+)$/.exec(arn) ?? [];
  return {
    name,
    path,
    arn,
    policyId: uniqueId("ANPA", account, arn),
    document: JSON.stringify(document),
    tags: {},
    createdAt: longAgo,
    updatedAt: longAgo,
    version: 1,
    statements: compilePolicy(document, "identity", arn),
  };
}
