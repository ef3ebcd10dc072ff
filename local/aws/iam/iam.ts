import type { RequestListener } from "node:http";
import { AwsError } from "../aws-error";
import type { ServiceOptions } from "../types";
import { iamApi } from "./api/iam-api";
import { stsApi } from "./api/sts-api";
import type { Question } from "./compile";
import { Context } from "./context";
import { CredentialStore } from "./credential-store";
import { evaluate } from "./evaluate";
import type { ApplicablePolicies } from "./evaluate";
import { IdentityProviders } from "./identity-providers";
import { rootArn } from "./policy-principals";
import type { CreatePolicyRequest, Policy } from "./policy-store";
import { principalContext } from "./principal-context";
import { reportRefusal } from "./report-refusal";
import { compileResourcePolicy } from "./resource-policy";
import { roleSession } from "./role-session";
import { RoleStore, statementsOfRole } from "./role-store";
import type { CreateRoleRequest, Role, RoleRecord } from "./role-store";
import { SigV4 } from "./sigv4";
import type {
  AuthorizationRequest,
  Authorizer,
  ChunkVerifier,
  Credentials,
  Decision,
  Principal,
  SignedForm,
  SignedRequest,
  UploadAuthenticator,
} from "./types";
import { Usage } from "./usage";
import type { RoleUsage } from "./usage";

export interface AssumeRoleRequest {
  roleArn: string;
  sessionName: string;
  /** The service that takes the role, such as `lambda.amazonaws.com`. */
  service: string;
  /** ARN of the resource on whose behalf it does so; `aws:SourceArn` of the trust policy. */
  sourceArn?: string;
}

/** How long a role's session lasts: the longest that AWS grants one, 12 hours. */
const sessionMilliseconds = 12 * 60 * 60 * 1000;

/**
 * Identities of the account: who signed a request, and what they may do.
 *
 * Emulates roles that services assume, managed and inline policies, permissions boundaries, and the
 * policies of resources.
 * There are no users, groups, session policies, service control policies or
 * other accounts. Nothing is kept over restarts but the administrator's key.
 */
export class Iam implements UploadAuthenticator, Authorizer {
  readonly #options: ServiceOptions;
  readonly #roles: RoleStore;
  readonly #credentials: CredentialStore;
  readonly #signatures: SigV4;
  readonly #usage = new Usage();
  readonly identityProviders: IdentityProviders;
  /** Answers requests to IAM's API. */
  readonly answer: RequestListener;
  /** Answers requests to STS. */
  readonly answerSts: RequestListener;

  constructor(options: ServiceOptions) {
    const { account, clock, dataDir } = options;
    this.#options = options;
    this.#credentials = new CredentialStore(dataDir, { kind: "root", arn: rootArn(account) });
    this.#signatures = new SigV4({ account, keys: this.#credentials, clock });
    this.#roles = new RoleStore(account, clock);
    const api = { ...options, authenticator: this, authorizer: this };
    this.identityProviders = new IdentityProviders(clock);
    this.answer = iamApi({ ...api, roles: this.#roles, providers: this.identityProviders });
    this.answerSts = stsApi(api);
  }

  /** The key of the account's root, the same at every start on one data folder. */
  get administrator(): Credentials {
    return this.#credentials.administrator;
  }

  authenticate(request: SignedRequest): Principal {
    return this.#signatures.authenticate(request);
  }

  verifyForm(form: SignedForm): Principal {
    return this.#signatures.verifyForm(form);
  }

  chunkVerifier(request: SignedRequest): ChunkVerifier {
    return this.#signatures.chunkVerifier(request);
  }

  /** See {@link RoleStore.createRole}. */
  createRole(request: CreateRoleRequest): Role {
    return this.#roles.createRole(request);
  }

  /** See {@link RoleStore.createPolicy}. */
  createPolicy(request: CreatePolicyRequest): Policy {
    return this.#roles.createPolicy(request);
  }

  /** See {@link RoleStore.attachRolePolicy}. */
  attachRolePolicy(roleName: string, policyArn: string): void {
    this.#roles.attachRolePolicy(roleName, policyArn);
  }

  /** See {@link RoleStore.putRolePolicy}. */
  putRolePolicy(roleName: string, policyName: string, document: string): void {
    this.#roles.putRolePolicy(roleName, policyName, document);
  }

  /** See {@link RoleStore.updateRole}. */
  updateRole(request: CreateRoleRequest): void {
    this.#roles.updateRole(request);
  }

  /** See {@link RoleStore.deleteRole}. */
  deleteRole(name: string): void {
    this.#roles.deleteRole(name);
  }

  /** See {@link RoleStore.updatePolicy}. */
  updatePolicy(request: CreatePolicyRequest): void {
    this.#roles.updatePolicy(request);
  }

  /** See {@link RoleStore.deletePolicy}. */
  deletePolicy(arn: string): void {
    this.#roles.deletePolicy(arn);
  }

  /** See {@link RoleStore.detachRolePolicy}. */
  detachRolePolicy(roleName: string, policyArn: string): void {
    this.#roles.detachRolePolicy(roleName, policyArn);
  }

  /** See {@link RoleStore.deleteRolePolicy}. */
  deleteRolePolicy(roleName: string, policyName: string): void {
    this.#roles.deleteRolePolicy(roleName, policyName);
  }

  /** The policies that a role has now: names of the inline ones, ARNs of the attached ones. */
  policiesOfRole(name: string): { inline: string[]; attached: string[] } {
    const role = this.#roles.all().find((each) => each.name === name);
    return {
      inline: [...(role?.inline.keys() ?? [])],
      attached: [...(role?.attached.keys() ?? [])],
    };
  }

  /**
   * Opens a session of a role for a service, as Lambda does for each execution environment. Its
   * credentials last 12 hours.
   *
   * @throws AwsError `AccessDenied` unless the role's trust policy allows the service.
   */
  assumeRole(request: AssumeRoleRequest): Credentials {
    const { roleArn, sessionName, service } = request;
    if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
      throw new AwsError("ValidationError", `"${sessionName}" is no valid name of a session.`);
    }
    const role = this.#roles.byArn(roleArn);
    if (!this.#mayAssume(request, role) || !role) {
      // AWS does not tell a role that does not exist from one that may not be assumed.
      throw new AwsError(
        "AccessDenied",
        `User: ${service} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
        403,
      );
    }
    const session = roleSession(request, this.#options.account);
    const now = this.#options.clock();
    const expiration = new Date(now.getTime() + sessionMilliseconds);
    return this.#credentials.issue(session, now, expiration);
  }

  /**
   * Credentials that a service signs with in its own name, as CloudFront does for origins with an
   * origin access control. They last 12 hours.
   *
   * @param service such as `cloudfront.amazonaws.com`.
   * @param sourceArn ARN of the resource on whose behalf it signs.
   */
  serviceCredentials(service: string, sourceArn: string): Credentials {
    const now = this.#options.clock();
    const expiration = new Date(now.getTime() + sessionMilliseconds);
    return this.#credentials.issue({ kind: "service", service, sourceArn }, now, expiration);
  }

  authorize(request: AuthorizationRequest): Decision {
    const { principal, action, resource, resourcePolicy } = request;
    const role = principal.kind === "role" ? this.#roles.byArn(principal.roleArn) : undefined;
    const identity = role ? statementsOfRole(role) : [];
    const account = this.#options.account;
    const context = new Context(request.context ?? {}, () =>
      principalContext(principal, account, this.#options.clock(), role),
    );
    const question = { principal, action, resource, account, context };
    const policies = {
      identity,
      boundary: this.#roles.boundaryOf(role),
      resource: resourcePolicy ? compileResourcePolicy(resourcePolicy) : [],
      resourceDecides: request.resourcePolicyDecides ?? false,
    };
    const decision = this.#decide(question, policies, request.occasion);
    if (role) {
      this.#usage.record(role, identity, question, decision);
    }
    this.#options.recorder?.decided(request, decision);
    return decision;
  }

  /** What every role was granted, used and refused since the start. Has no secrets in it. */
  usage(): RoleUsage[] {
    return this.#usage.report(this.#roles.all());
  }

  #mayAssume({ roleArn, service, sourceArn }: AssumeRoleRequest, role?: RoleRecord): boolean {
    const { account, clock } = this.#options;
    const principal: Principal = { kind: "service", service };
    const context = new Context(
      {
        "aws:SourceAccount": account.accountId,
        ...(sourceArn !== undefined && { "aws:SourceArn": sourceArn }),
      },
      () => principalContext(principal, account, clock()),
    );
    const question = { principal, action: "sts:AssumeRole", resource: roleArn, account, context };
    const policies = { identity: [], resource: role?.trust ?? [], resourceDecides: true };
    return this.#decide(question, policies).allowed;
  }

  #decide(question: Question, policies: ApplicablePolicies, occasion?: string): Decision {
    const decision = evaluate(question, policies);
    // What a service asks by itself while it serves others, such as CloudFront of an object that is not
    // there yet, is no mistake of anybody's.
    const isAside = question.principal.kind === "service" && occasion !== undefined;
    if (!decision.allowed && !isAside) {
      reportRefusal(this.#options.notify, question, decision, occasion);
    }
    return decision;
  }
}
