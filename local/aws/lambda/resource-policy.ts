import { AwsError } from "../aws-error";
import { latest } from "./function-name";
import { invalidMember } from "./invalid-member";
import { requireShape, shapeOf } from "./member-shape";
import type { FunctionUrlAuthType } from "./urls/function-url-config";
import type { PolicyDocument, PolicyPrincipal, PolicyStatement } from "../iam/types";

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
export interface Permission {
  /** Name or ARN, with a version or an alias if it is one's. */
  functionName: string;
  /** 1–100 of `A–Z a–z 0–9 - _`. */
  statementId: string;
  /** Such as `lambda:InvokeFunction`. */
  action: string;
  /** A service, an account id, an ARN, or `*`. */
  principal: string;
  /** May have wildcards. */
  sourceArn?: string;
  sourceAccount?: string;
  /** Only for `lambda:InvokeFunctionUrl`: the URLs that are meant. */
  functionUrlAuthType?: FunctionUrlAuthType;
  /** Only for `lambda:InvokeFunction`: not without the function's URL. */
  invokedViaFunctionUrl?: boolean;
}

/** Of all partitions. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services */
const serviceDomains =
  /\.((amazon|amazonaws)\.(com|com\.cn|eu)|aws\.internal|(c2s\.ic|sc2s\.sgov)\.gov)$/;

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
const shapes = {
  statementId: shapeOf("([a-zA-Z0-9-_]+)"),
  action: shapeOf("(lambda:[*]|lambda:[a-zA-Z]+|[*])"),
  principal: shapeOf(String.raw`[^\s]+`),
};
const maxStatementIdLength = 100;

/** The policy that a function's permissions make up. */
export class ResourcePolicy {
  /** With the version or alias that the policy is of, if it is one's. */
  readonly #functionArn: string;
  readonly #partition: string;
  readonly #statements = new Map<string, PolicyStatement>();
  /** The same as long as the statements are, so that it is compiled once. */
  #document: PolicyDocument | undefined;

  constructor(functionArn: string, partition: string) {
    this.#functionArn = functionArn;
    this.#partition = partition;
  }

  /** None as long as there is no permission. */
  get document(): PolicyDocument | undefined {
    if (this.#statements.size === 0) {
      return undefined;
    }
    this.#document ??= {
      Version: "2012-10-17",
      Id: "default",
      Statement: [...this.#statements.values()],
    };
    return this.#document;
  }

  remove(statementId: string): void {
    this.#statements.delete(statementId);
    this.#document = undefined;
  }

  /**
   * @throws AwsError `ValidationException`, `InvalidParameterValueException`,
   * `ResourceConflictException`.
   */
  add(permission: Permission): PolicyStatement {
    const { statementId } = permission;
    checkMembers(permission);
    if (this.#statements.has(statementId)) {
      throw new AwsError(
        "ResourceConflictException",
        `The statement id (${statementId}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
        409,
      );
    }
    if (permission.functionName.endsWith(`:${latest}`)) {
      throw new AwsError(
        "InvalidParameterValueException",
        `We currently do not support adding policies for ${latest}.`,
      );
    }
    requirePrincipal(permission.principal);
    requireUrlsAction(permission);
    const condition = conditionOf(permission);
    const statement: PolicyStatement = {
      Sid: statementId,
      Effect: "Allow",
      Principal: principalElement(permission.principal, this.#partition),
      Action: permission.action,
      Resource: this.#functionArn,
      ...(Object.keys(condition).length > 0 && { Condition: condition }),
    };
    this.#statements.set(statementId, statement);
    this.#document = undefined;
    return statement;
  }
}

/**
 * Checks what Lambda's model says of a permission.
 *
 * @throws AwsError `ValidationException`.
 */
function checkMembers({ statementId, action, principal }: Permission): void {
  requireShape("statementId", statementId, shapes.statementId);
  requireShape("action", action, shapes.action);
  requireShape("principal", principal, shapes.principal);
  if (statementId.length > maxStatementIdLength) {
    const limit = `Member must have length less than or equal to ${maxStatementIdLength}`;
    throw invalidMember("statementId", statementId, limit);
  }
}

/**
 * Refuses what is neither everybody, nor an account, nor an ARN, nor a service of AWS; whether there is a service of
 * that name is not known here.
 *
 * @throws AwsError `InvalidParameterValueException`.
 */
function requirePrincipal(principal: string): void {
  const isKnown =
    /^(\*|\d{12})$/.test(principal) ||
    principal.startsWith("arn:") ||
    serviceDomains.test(principal);
  if (!isKnown) {
    throw new AwsError(
      "InvalidParameterValueException",
      "The provided principal was invalid. Please check the principal and try again.",
    );
  }
}

/** @throws AwsError `InvalidParameterValueException`. */
function requireUrlsAction(permission: Permission): void {
  const { action, functionUrlAuthType, invokedViaFunctionUrl } = permission;
  if (functionUrlAuthType !== undefined && action !== "lambda:InvokeFunctionUrl") {
    throw onlyFor("FunctionUrlAuthType", "lambda:InvokeFunctionUrl", action);
  }
  if (invokedViaFunctionUrl === true && action !== "lambda:InvokeFunction") {
    throw onlyFor("InvokedViaFunctionUrl", "lambda:InvokeFunction", action);
  }
}

function onlyFor(parameter: string, action: string, given: string): AwsError {
  return new AwsError(
    "InvalidParameterValueException",
    `${parameter} is only supported for ${action} action, not for ${given}`,
  );
}

function conditionOf(permission: Permission): NonNullable<PolicyStatement["Condition"]> {
  const { sourceArn, sourceAccount, functionUrlAuthType, invokedViaFunctionUrl } = permission;
  const equals = {
    ...(sourceAccount !== undefined && { "AWS:SourceAccount": sourceAccount }),
    ...(functionUrlAuthType !== undefined && { "lambda:FunctionUrlAuthType": functionUrlAuthType }),
  };
  return {
    ...(sourceArn !== undefined && { ArnLike: { "AWS:SourceArn": sourceArn } }),
    ...(Object.keys(equals).length > 0 && { StringEquals: equals }),
    ...(invokedViaFunctionUrl === true && { Bool: { "lambda:InvokedViaFunctionUrl": "true" } }),
  };
}

function principalElement(principal: string, partition: string): PolicyPrincipal {
  if (principal === "*") {
    return "*";
  }
  if (/^\d{12}$/.test(principal)) {
    return { AWS: `arn:${partition}:iam::${principal}:root` };
  }
  return principal.startsWith("arn:") ? { AWS: principal } : { Service: principal };
}
