import { createServer, type RequestListener } from "node:http";
import { AwsError } from "../aws-error";
import { faultPoint } from "../fault-point";
import { callerOf } from "../api/caller";
import { accessDeniedMessage } from "../iam/access-denied-message";
import { rootArn } from "../iam/policy-principals";
import { parseResourcePolicy } from "../iam/resource-policy";
import type {
  Authenticator,
  Authorizer,
  Decision,
  PolicyDocument,
  Principal,
  RequestContext,
} from "../iam/types";
import { ServicePort } from "../service-port";
import type { Service, ServiceOptions } from "../types";
import { kmsApi, kmsDenial, refusals } from "./api";
import { checkSpec } from "./key";
import type { Key } from "./key";
import { KeyMaterial } from "./key-material";
import { defaultKeyPolicy } from "./key-policies";
import { KeyStore } from "./key-store";
import type { OperationContext } from "./operation";

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html */
export const defaultRotationPeriodInDays = 365;

export interface KmsOptions extends ServiceOptions {
  authenticator: Authenticator;
  authorizer: Authorizer;
}

export interface CreateKeyRequest {
  /** A UUID. The same id has the same key material at every start. */
  keyId: string;
  /** @default "" */
  description?: string;
  /** @default `ENCRYPT_DECRYPT` */
  keyUsage?: string;
  /** @default `SYMMETRIC_DEFAULT` */
  keySpec?: string;
  /** JSON text. @default leaves the decision to the account's policies */
  policy?: string;
  /** @default true */
  enabled?: boolean;
  /** Whether AWS would make new material each year, which is not emulated. @default false */
  enableKeyRotation?: boolean;
  /** @default 365 */
  rotationPeriodInDays?: number;
  tags?: Readonly<Record<string, string>>;
  /** Takes a policy that locks the account's administrator out. @default false */
  bypassPolicyLockoutSafetyCheck?: boolean;
}

/** The question whether someone may use a key. */
export interface KeyUse {
  principal: Principal;
  /** Id or ARN of the key, name or ARN of an alias. */
  keyId: string;
  /** Such as `kms:Decrypt`. */
  action: string;
  context?: RequestContext;
}

/**
 * Keys, their policies and aliases, and a data plane that makes and verifies MACs.
 *
 * Every call is authorised by the key's policy. Keys of spec `SYMMETRIC_DEFAULT` can be made and
 * their use authorised, but nothing is encrypted with them here. There are no grants.
 */
export class Kms implements Service {
  readonly #options: KmsOptions;
  readonly #keys: KeyStore;
  readonly #port: ServicePort;

  constructor(options: KmsOptions) {
    const { account, clock, dataDir } = options;
    this.#options = options;
    this.#keys = new KeyStore(account, clock);
    const material = new KeyMaterial(dataDir);
    const api = kmsApi({
      ...options,
      faultPoint: faultPoint("kms", options, refusals),
      contextOf: (principal) => this.#operationContext(principal, material),
    });
    this.#port = new ServicePort(createServer(api), "kms", "KMS", options);
  }

  /** Answers requests of SDKs that arrived elsewhere. */
  get answer(): RequestListener {
    return this.#port.answer;
  }

  /** Where the API is, once the service has started. */
  get url(): string {
    return this.#port.url;
  }

  async start(): Promise<void> {
    await this.#port.open();
  }

  async stop(): Promise<void> {
    await this.#port.close();
  }

  /**
   * @throws AwsError `MalformedPolicyDocumentException`, `UnsupportedOperationException` for a key
   * that is not emulated, or `ValidationException`.
   */
  createKey(request: CreateKeyRequest): Key {
    const key = this.#checkedKey(request);
    this.#keys.add(key);
    return key;
  }

  /**
   * Changes the description, the policy and the state of a key.
   *
   * @throws AwsError `NotFoundException`, and as {@link Kms.createKey}.
   */
  updateKey(request: CreateKeyRequest): void {
    const { createdAt } = this.#keys.find(request.keyId);
    this.#keys.replace({ ...this.#checkedKey(request), createdAt });
  }

  /** Makes a key unusable at once, without the time of waiting that AWS lets pass. */
  deleteKey(keyId: string): void {
    this.#keys.delete(keyId);
  }

  #checkedKey(request: CreateKeyRequest): Key {
    const { keyId, keyUsage = "ENCRYPT_DECRYPT", keySpec = "SYMMETRIC_DEFAULT" } = request;
    checkSpec(keyUsage, keySpec);
    if (request.enableKeyRotation && keyUsage !== "ENCRYPT_DECRYPT") {
      // https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
      throw new AwsError("UnsupportedOperationException", "HMAC keys cannot be rotated.");
    }
    const key: Key = {
      keyId,
      arn: this.#keys.arn(`key/${keyId}`),
      description: request.description ?? "",
      usage: keyUsage,
      spec: keySpec,
      enabled: request.enabled ?? true,
      manager: "CUSTOMER",
      policy: this.#keyPolicy(request.policy),
      createdAt: this.#options.clock(),
      rotationPeriodInDays: request.enableKeyRotation
        ? (request.rotationPeriodInDays ?? defaultRotationPeriodInDays)
        : undefined,
      tags: request.tags ?? {},
    };
    if (!request.bypassPolicyLockoutSafetyCheck) {
      this.#checkLockout(key);
    }
    return key;
  }

  /**
   * @param name such as `alias/cursors`; the names under `alias/aws/` are AWS's.
   * @throws AwsError `InvalidAliasNameException`, `AlreadyExistsException`, `NotFoundException`.
   */
  createAlias(name: string, keyId: string): void {
    if (!/^alias\/[\w/-]{1,250}$/.test(name) || name.startsWith("alias/aws/")) {
      throw new AwsError("InvalidAliasNameException", `The alias name ${name} is invalid.`);
    }
    this.#keys.addAlias(name, this.#keys.find(keyId));
  }

  /** @throws AwsError `NotFoundException`. */
  updateAlias(name: string, keyId: string): void {
    const key = this.#keys.find(keyId);
    this.#keys.deleteAlias(name);
    this.#keys.addAlias(name, key);
  }

  /** Deletes an alias; one that is gone already is no error. */
  deleteAlias(name: string): void {
    this.#keys.deleteAlias(name);
  }

  /**
   * Whether someone may use a key: its policy decides, and the account's policies as far as that
   * leaves it to them.
   *
   * @throws AwsError `NotFoundException`.
   */
  authorizeUse({ principal, keyId, action, context }: KeyUse): Decision {
    const key = this.#keys.find(keyId);
    const inAccount = principal.kind === "role" || principal.kind === "root";
    return this.#options.authorizer.authorize({
      principal,
      action,
      resource: key.arn,
      resourcePolicy: key.policy,
      resourcePolicyDecides: true,
      context: {
        // The endpoint speaks plain HTTP, but stands for the TLS endpoint of KMS.
        "aws:SecureTransport": "true",
        "kms:KeyUsage": key.usage,
        "kms:KeySpec": key.spec,
        ...(inAccount && { "kms:CallerAccount": this.#options.account.accountId }),
        ...(keyId.includes("alias/") && { "kms:RequestAlias": keyId.replace(/^.*:/, "") }),
        ...context,
      },
    });
  }

  /**
   * @param reference id or ARN of a key, name or ARN of an alias.
   * @throws AwsError `NotFoundException`.
   */
  find(reference: string): Pick<Key, "arn" | "enabled" | "usage"> {
    return this.#keys.find(reference);
  }

  /**
   * What a key is for, such as `ENCRYPT_DECRYPT`.
   *
   * @throws AwsError `NotFoundException`.
   */
  usageOf(keyId: string): string {
    return this.#keys.find(keyId).usage;
  }

  #keyPolicy(text: string | undefined): PolicyDocument {
    try {
      return text === undefined
        ? defaultKeyPolicy(this.#options.account)
        : parseResourcePolicy(text);
    } catch (error) {
      if (error instanceof AwsError) {
        throw new AwsError("MalformedPolicyDocumentException", error.message);
      }
      throw error;
    }
  }

  #checkLockout({ arn, policy }: Key): void {
    const { allowed } = this.#options.authorizer.authorize({
      principal: { kind: "root", arn: rootArn(this.#options.account) },
      action: "kms:PutKeyPolicy",
      resource: arn,
      resourcePolicy: policy,
      resourcePolicyDecides: true,
    });
    if (!allowed) {
      throw new AwsError(
        "MalformedPolicyDocumentException",
        "The new key policy will not allow you to update the key policy in the future.",
      );
    }
  }

  #operationContext(principal: Principal, material: KeyMaterial): OperationContext {
    return {
      material,
      accountId: this.#options.account.accountId,
      keys: this.#keys,
      requireAccount: (action) => {
        const { authorizer } = this.#options;
        callerOf(principal, authorizer, kmsDenial).require(action, "*");
      },
      authorizedKey: (keyId, action, context = {}) => {
        const decision = this.authorizeUse({ principal, keyId, action, context });
        const key = this.#keys.find(keyId);
        if (!decision.allowed) {
          const question = { principal, action, resource: key.arn };
          throw new AwsError(kmsDenial.code, accessDeniedMessage(question, decision));
        }
        return key;
      },
    };
  }
}
