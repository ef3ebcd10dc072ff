import { regionalArn } from "../arn";
import { AwsError } from "../aws-error";
import type { Account } from "../types";
import type { VersionShift } from "./app-spec";
import type { DeploymentError } from "./deployment";
import type { ServiceSession } from "./service-session";

/** Where an alias leads. */
export interface AliasState {
  version: string;
  /** The share that another version has, from 0 to 1, by version. */
  weights: Readonly<Record<string, number>>;
}

/** The aliases of Lambda's functions. */
export interface FunctionAliases {
  find(functionName: string, alias: string): AliasState | undefined;
  /** @throws AwsError as UpdateAlias. */
  update(functionName: string, alias: string, change: AliasState): unknown;
}

/** Why traffic could not be shifted. */
export class ShiftFailure extends Error {
  override readonly name = "ShiftFailure";
  readonly code: DeploymentError["code"];

  constructor(code: DeploymentError["code"], message: string) {
    super(message);
    this.code = code;
  }
}

/** The alias of a deployment, as the role of its group may have to do with it. */
export class FunctionAlias {
  readonly #shift: VersionShift;
  readonly #session: ServiceSession;
  readonly #aliases: FunctionAliases;
  readonly #arn: string;

  constructor(
    shift: VersionShift,
    session: ServiceSession,
    aliases: FunctionAliases,
    account: Account,
  ) {
    this.#shift = shift;
    this.#session = session;
    this.#aliases = aliases;
    this.#arn = regionalArn(account, "lambda", `function:${shift.functionName}`);
  }

  /**
   * Passes when the alias leads to the current version, and there alone.
   *
   * @throws ShiftFailure when it does not, as after a deployment that was stopped without a rollback, or when the
   * role may not look.
   */
  requireAtCurrentVersion(): void {
    const { functionName, alias, currentVersion } = this.#shift;
    const { version, weights } = this.#find();
    if (version !== currentVersion || Object.keys(weights).length > 0) {
      const others = Object.entries(weights).map(
        ([other, weight]) => `, and to ${other} by ${weight}`,
      );
      throw new ShiftFailure(
        "INVALID_LAMBDA_CONFIGURATION",
        `The alias ${alias} of the Lambda function ${functionName} leads to version ${version}${others.join("")}, and not to ${currentVersion} alone, as the AppSpec says`,
      );
    }
  }

  /**
   * Gives the target version its share of the traffic.
   *
   * @param percent 1 to 100; with all of it, the alias leads to that version.
   * @throws ShiftFailure
   */
  route(percent: number): void {
    const { functionName, alias, currentVersion, targetVersion } = this.#shift;
    this.#require("lambda:UpdateAlias");
    const change: AliasState =
      percent === 100
        ? { version: targetVersion, weights: {} }
        : { version: currentVersion, weights: { [targetVersion]: percent / 100 } };
    try {
      this.#aliases.update(functionName, alias, change);
    } catch (error) {
      if (error instanceof AwsError) {
        throw new ShiftFailure("INVALID_LAMBDA_FUNCTION", error.message);
      }
      throw error;
    }
  }

  #find(): AliasState {
    const { functionName, alias } = this.#shift;
    this.#require("lambda:GetAlias");
    // Whether what is provisioned for a version is there; nothing ever is here.
    this.#require("lambda:GetProvisionedConcurrencyConfig", `${this.#arn}:${alias}`);
    const found = this.#aliases.find(functionName, alias);
    if (!found) {
      throw new ShiftFailure(
        "INVALID_LAMBDA_FUNCTION",
        `The Lambda function ${functionName} or its alias ${alias} was not found`,
      );
    }
    return found;
  }

  #require(action: string, resource = this.#arn): void {
    if (!this.#session.may(action, resource)) {
      throw new ShiftFailure(
        "IAM_ROLE_PERMISSIONS",
        `The IAM role ${this.#session.roleArn} does not give you permission to perform operations in the following AWS service: AWSLambda. It does not allow ${action} on ${resource}`,
      );
    }
  }
}
