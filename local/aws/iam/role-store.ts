import { globalArn } from "../arn";
import { AwsError } from "../aws-error";
import type { Account } from "../types";
import { compilePolicy } from "./compile";
import type { CompiledStatement } from "./compile";
import { uniqueId } from "./identifiers";
import { checkName, checkPath, checkQuota, totalSize } from "./limits";
import { isManagedByAws } from "./managed-policies";
import { documentSize } from "./policy-document";
import { PolicyStore } from "./policy-store";
import type { CreatePolicyRequest, Policy } from "./policy-store";

/** A role that exists. */
export interface Role {
  name: string;
  arn: string;
  /** `AROA…`. */
  roleId: string;
  tags: Readonly<Record<string, string>>;
}

export interface CreateRoleRequest {
  name: string;
  /** @default `/` */
  path?: string;
  /** JSON text of the trust policy. */
  assumeRolePolicy: string;
  description?: string | undefined;
  /** Seconds. @default 3600 */
  maxSessionDuration?: number | undefined;
  /** ARN of the policy beyond which the role may do nothing. @default none */
  permissionsBoundary?: string | undefined;
  tags?: Readonly<Record<string, string>>;
}

/** A role with its policies, ready to be evaluated. */
export interface RoleRecord extends Role {
  path: string;
  /** JSON text of the trust policy. */
  assumeRolePolicy: string;
  description?: string | undefined;
  /** Seconds. */
  maxSessionDuration: number;
  createdAt: Date;
  /** ARN of the policy beyond which the role may do nothing. */
  permissionsBoundary?: string | undefined;
  trust: readonly CompiledStatement[];
  attached: Map<string, readonly CompiledStatement[]>;
  inline: Map<string, { document: string; statements: readonly CompiledStatement[] }>;
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const defaultSessionSeconds = 3600;

/** The roles and the policies of the account. */
export class RoleStore {
  readonly #account: Account;
  readonly #roles = new Map<string, RoleRecord>();
  readonly #clock: () => Date;
  readonly policies: PolicyStore;

  constructor(account: Account, clock: () => Date) {
    this.#account = account;
    this.#clock = clock;
    this.policies = new PolicyStore(account, clock);
  }

  /**
   * @throws AwsError `EntityAlreadyExists`, `ValidationError`, `LimitExceeded`, or
   * `MalformedPolicyDocument`.
   */
  createRole(request: CreateRoleRequest): Role {
    const { name, path = "/", assumeRolePolicy, tags = {}, description } = request;
    const { maxSessionDuration = defaultSessionSeconds, permissionsBoundary } = request;
    checkName(name, 64);
    checkPath(path);
    checkQuota("ACLSizePerRole", documentSize(assumeRolePolicy));
    if (this.#roles.has(name)) {
      throw new AwsError("EntityAlreadyExists", `Role with name ${name} already exists.`, 409);
    }
    this.#checkBoundary(permissionsBoundary);
    const role: RoleRecord = {
      name,
      arn: this.#arn(`role${path}${name}`),
      roleId: uniqueId("AROA", this.#account, name),
      path,
      assumeRolePolicy,
      description,
      maxSessionDuration,
      createdAt: this.#clock(),
      permissionsBoundary,
      tags,
      trust: compilePolicy(assumeRolePolicy, "trust", "the role's trust policy"),
      attached: new Map(),
      inline: new Map(),
    };
    this.#roles.set(name, role);
    return role;
  }

  /**
   * Changes the trust policy, the description, the boundary and the tags of a role.
   *
   * @throws AwsError `NoSuchEntity`, `LimitExceeded`, or `MalformedPolicyDocument`.
   */
  updateRole(request: CreateRoleRequest): void {
    const { name, assumeRolePolicy, tags = {}, description } = request;
    const { maxSessionDuration = defaultSessionSeconds, permissionsBoundary } = request;
    const role = this.role(name);
    checkQuota("ACLSizePerRole", documentSize(assumeRolePolicy));
    this.#checkBoundary(permissionsBoundary);
    const trust = compilePolicy(assumeRolePolicy, "trust", "the role's trust policy");
    const settings = { assumeRolePolicy, description, maxSessionDuration, tags };
    this.#roles.set(name, { ...role, ...settings, permissionsBoundary, trust });
  }

  /**
   * Deletes a role; one that is gone already is no error.
   *
   * @throws AwsError `DeleteConflict` when it still has policies.
   */
  deleteRole(name: string): void {
    const role = this.#roles.get(name);
    if (role && role.attached.size + role.inline.size > 0) {
      throw new AwsError(
        "DeleteConflict",
        "Cannot delete entity, must detach all policies first.",
        409,
      );
    }
    this.#roles.delete(name);
  }

  /**
   * @throws AwsError `EntityAlreadyExists`, `ValidationError`, `LimitExceeded`, or
   * `MalformedPolicyDocument`.
   */
  createPolicy(request: CreatePolicyRequest): Policy {
    const { name, arn, policyId } = this.policies.create(request);
    return { name, arn, policyId };
  }

  /**
   * Replaces the document of a policy, wherever it is attached.
   *
   * @throws AwsError `NoSuchEntity`, `LimitExceeded`, or `MalformedPolicyDocument`.
   */
  updatePolicy(request: CreatePolicyRequest): void {
    const { arn, statements } = this.policies.update(request);
    for (const { attached } of this.#roles.values()) {
      if (attached.has(arn)) {
        attached.set(arn, statements);
      }
    }
  }

  /**
   * Deletes a policy; one that is gone already is no error.
   *
   * @throws AwsError `DeleteConflict` when it is attached, or a boundary.
   */
  deletePolicy(arn: string): void {
    if (this.all().some((role) => role.attached.has(arn) || role.permissionsBoundary === arn)) {
      throw new AwsError("DeleteConflict", "Cannot delete a policy attached to entities.", 409);
    }
    this.policies.delete(arn);
  }

  /** Takes a policy from a role that may have it. */
  detachRolePolicy(roleName: string, policyArn: string): void {
    this.#roles.get(roleName)?.attached.delete(policyArn);
  }

  /** Removes an inline policy that a role may have. */
  deleteRolePolicy(roleName: string, policyName: string): void {
    this.#roles.get(roleName)?.inline.delete(policyName);
  }

  /** @throws AwsError `NoSuchEntity`, or `LimitExceeded` for an eleventh policy. */
  attachRolePolicy(roleName: string, policyArn: string): void {
    const role = this.role(roleName);
    const policy = this.policies.get(policyArn);
    if (!policy) {
      const hint = isManagedByAws(policyArn) ? "emulated" : "attachable";
      const message = `Policy ${policyArn} does not exist or is not ${hint}.`;
      throw new AwsError("NoSuchEntity", message, 404);
    }
    checkQuota("PoliciesPerRole", new Set(role.attached.keys()).add(policyArn).size);
    role.attached.set(policyArn, policy.statements);
  }

  /**
   * Adds an inline policy to a role, or replaces it.
   *
   * @throws AwsError `NoSuchEntity`, `ValidationError`, `LimitExceeded`, or
   * `MalformedPolicyDocument`.
   */
  putRolePolicy(roleName: string, policyName: string, document: string): void {
    const role = this.role(roleName);
    checkName(policyName, 128);
    const statements = compilePolicy(document, "identity", `inline policy ${policyName}`);
    const others = [...role.inline].filter(([name]) => name !== policyName);
    const sizes = [document, ...others.map(([, policy]) => policy.document)];
    checkQuota("InlinePolicySizePerRole", totalSize(sizes));
    role.inline.set(policyName, { document, statements });
  }

  /** The role of that ARN, which takes its path in. */
  byArn(arn: string): RoleRecord | undefined {
    const role = this.#roles.get(arn.slice(arn.lastIndexOf("/") + 1));
    return role?.arn === arn ? role : undefined;
  }

  /** All roles, in the order of their creation. */
  all(): RoleRecord[] {
    return [...this.#roles.values()];
  }

  /** @throws AwsError `NoSuchEntity`. */
  role(name: string): RoleRecord {
    const role = this.#roles.get(name);
    if (!role) {
      throw new AwsError("NoSuchEntity", `The role with name ${name} cannot be found.`, 404);
    }
    return role;
  }

  /** The statements of the boundary of a role; nothing where it has none. */
  boundaryOf(role: RoleRecord | undefined): readonly CompiledStatement[] | undefined {
    const arn = role?.permissionsBoundary;
    return arn === undefined ? undefined : (this.policies.get(arn)?.statements ?? []);
  }

  #checkBoundary(arn: string | undefined): void {
    if (arn !== undefined && !this.policies.get(arn)) {
      throw new AwsError(
        "NoSuchEntity",
        `Scope ARN: ${arn} does not exist or is not attachable.`,
        404,
      );
    }
  }

  #arn(resource: string): string {
    return globalArn(this.#account, "iam", resource);
  }
}

/** The statements of all policies of `role`. */
export function statementsOfRole(role: RoleRecord): CompiledStatement[] {
  const inline = [...role.inline.values()].map((policy) => policy.statements);
  return [...role.attached.values(), ...inline].flat();
}
