import { createServer, type RequestListener } from "node:http";
import { join } from "node:path";
import { regionalArn } from "../arn";
import { AwsError } from "../aws-error";
import { faultPoint } from "../fault-point";
import type { Refusals } from "../fault-point";
import { callerOf } from "../api/caller";
import { rpcApi } from "../api/rpc-api";
import { accessDeniedMessage } from "../iam/access-denied-message";
import { rootArn } from "../iam/policy-principals";
import type { Authenticator, Authorizer, Principal } from "../iam/types";
import type { Kms } from "../kms/kms";
import { ServicePort } from "../service-port";
import type { Service, ServiceOptions } from "../types";
import { getParameter, getParameters } from "./operations";
import type { DeclaredParameter, FoundParameter, Operation, OperationContext } from "./operations";
import { checkDefinition, defaultKeyId, requireName, requireOwn } from "./parameter";
import type { ParameterDefinition } from "./parameter";
import { ParameterStore } from "./parameter-store";
import { viewOperations } from "./views";

export interface SsmOptions extends ServiceOptions {
  authenticator: Authenticator;
  authorizer: Authorizer;
  /** Decides who may use the keys of SecureStrings. */
  keys: Pick<Kms, "authorizeUse" | "usageOf">;
}

/** Labels, and what changes parameters, are not emulated over HTTP. */
const operations: Readonly<Record<string, Operation>> = {
  GetParameter: getParameter,
  GetParameters: getParameters,
  ...viewOperations,
};

/** How Systems Manager refuses who may not do something. */
const ssmDenial = { code: "AccessDeniedException", statusCode: 400 };

/** The operations that are emulated. */
export const operationNames: readonly string[] = Object.keys(operations);

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html#API_GetParameter_Errors */
export const refusals: Refusals = {
  error: () => new AwsError("InternalServerError", "An error occurred on the server side.", 500),
  throttle: () => new AwsError("ThrottlingException", "Rate exceeded"),
};

/**
 * Systems Manager's Parameter Store: parameters that the program declares, read by its API.
 *
 * Every call is authorised, and the decryption of a SecureString by the policy of its key as well.
 * Values are kept in files that their owner alone may read; they are not encrypted there.
 */
export class Ssm implements Service {
  readonly #options: SsmOptions;
  readonly #parameters: ParameterStore;
  /** Names of what has been declared since the start: what else is stored is not there. */
  readonly #declared = new Set<string>();
  readonly #port: ServicePort;

  /** @throws Error when a stored parameter cannot be read. */
  constructor(options: SsmOptions) {
    this.#options = options;
    this.#parameters = new ParameterStore(join(options.dataDir, "parameters"), options.clock);
    const api = rpcApi({
      ...options,
      title: "SSM",
      service: "ssm",
      target: "AmazonSSM",
      operations,
      refusals,
      faultPoint: faultPoint("ssm", options, refusals),
      contextOf: (principal) => this.#contextOf(principal),
    });
    this.#port = new ServicePort(createServer(api), "ssm", "SSM", options);
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

  /** ARN of a parameter: a path's first slash is not written twice. */
  arn(name: string): string {
    return regionalArn(this.#options.account, "ssm", `parameter/${name.replace(/^\//, "")}`);
  }

  /** The version that a parameter has once it is put. */
  versionOf(definition: ParameterDefinition): number {
    return this.#parameters.versionOf(definition);
  }

  /**
   * Creates a parameter, or adopts what an earlier start left.
   *
   * @param overwrite takes the place of one that is declared already.
   * @throws AwsError `ParameterAlreadyExists`, `InvalidKeyId`, and as {@link checkDefinition}.
   */
  createParameter(definition: ParameterDefinition, overwrite = false): void {
    if (this.#declared.has(definition.name) && !overwrite) {
      throw new AwsError(
        "ParameterAlreadyExists",
        "The parameter already exists. To overwrite this value, set the overwrite option in the request to true.",
      );
    }
    this.putParameter(definition);
  }

  /**
   * Changes a parameter: a new version, unless nothing is new.
   *
   * @throws AwsError `InvalidKeyId`, and as {@link checkDefinition}.
   */
  putParameter(definition: ParameterDefinition): void {
    checkDefinition(definition);
    this.#checkKey(definition);
    this.#parameters.put(definition);
    this.#declared.add(definition.name);
  }

  /** Deletes a parameter with all its versions; one that is gone already is no error. */
  deleteParameter(name: string): void {
    this.#declared.delete(name);
    this.#parameters.remove(name);
  }

  /** The program runs as the account's root, which has to be allowed to encrypt by the key. */
  #checkKey({ name, type, keyId = defaultKeyId }: ParameterDefinition): void {
    if (type !== "SecureString") {
      return;
    }
    const principal: Principal = { kind: "root", arn: rootArn(this.#options.account) };
    const refusal = this.#keyRefusal(principal, keyId, "kms:Encrypt", name);
    if (refusal !== undefined) {
      throw new AwsError("InvalidKeyId", refusal);
    }
  }

  #contextOf(principal: Principal): OperationContext {
    return {
      caller: callerOf(principal, this.#options.authorizer, ssmDenial),
      declared: () => this.#records(),
      authorizedParameter: (reference, action) => this.#authorized(principal, reference, action),
      authorizeDecryption: ({ name, keyId = defaultKeyId }) => {
        const refusal = this.#keyRefusal(principal, keyId, "kms:Decrypt", name);
        if (refusal !== undefined) {
          throw new AwsError("AccessDeniedException", refusal);
        }
      },
    };
  }

  #records(): DeclaredParameter[] {
    return [...this.#declared].sort().map((name) => ({
      ...this.#parameters.record(name),
      arn: this.arn(name),
      modifiedBy: rootArn(this.#options.account),
    }));
  }

  #authorized(principal: Principal, reference: string, action: string): FoundParameter {
    const { name, selector } = this.#parse(reference);
    requireName(name);
    const resource = this.arn(name);
    // The endpoint speaks plain HTTP, but stands for the TLS endpoint of Systems Manager.
    const context = { "aws:SecureTransport": "true" };
    const question = { principal, action, resource, context };
    const decision = this.#options.authorizer.authorize(question);
    if (!decision.allowed) {
      throw new AwsError(ssmDenial.code, accessDeniedMessage(question, decision));
    }
    requireOwn(name);
    if (!this.#declared.has(name)) {
      throw new AwsError("ParameterNotFound", "");
    }
    const version = this.#parameters.find(name, selector);
    return {
      ...version,
      name,
      arn: resource,
      ...(selector !== undefined && { selector: `:${selector}` }),
    };
  }

  /** Takes apart `<name>`, `<name>:<version>` and the same with an ARN in front. */
  #parse(reference: string): { name: string; selector?: string } {
    const prefix = this.arn("");
    const local = reference.startsWith(prefix) ? reference.slice(prefix.length) : reference;
    const [, written = local, selector] = /^([^:]*):(.*)$/.exec(local) ?? [];
    // An ARN does not tell whether there was a slash in front; of a name with others there was.
    const isPath =
      local !== reference && (written.includes("/") || this.#declared.has(`/${written}`));
    return {
      name: isPath ? `/${written}` : written,
      ...(selector !== undefined && { selector }),
    };
  }

  /** Why a key may not be used for a parameter, on behalf of `principal`; undefined if it may. */
  #keyRefusal(
    principal: Principal,
    keyId: string,
    action: string,
    parameterName: string,
  ): string | undefined {
    const { account, keys } = this.#options;
    const context = {
      "kms:ViaService": `ssm.${account.region}.amazonaws.com`,
      "kms:EncryptionContext:PARAMETER_ARN": this.arn(parameterName),
      "kms:EncryptionContextKeys": ["PARAMETER_ARN"],
    };
    const question = { principal, keyId, action, context };
    try {
      const usage = keys.usageOf(keyId);
      if (usage !== "ENCRYPT_DECRYPT") {
        return `${keyId} key usage is ${usage} which is not valid for ${action.slice("kms:".length)}.`;
      }
      const decision = keys.authorizeUse(question);
      return decision.allowed
        ? undefined
        : accessDeniedMessage({ ...question, resource: keyId }, decision);
    } catch (error) {
      if (error instanceof AwsError) {
        return error.message;
      }
      throw error;
    }
  }
}
