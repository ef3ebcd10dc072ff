import type { IncomingMessage, RequestListener } from "node:http";
import { rpcApi } from "../api/rpc-api";
import { AwsError } from "../aws-error";
import type { FaultPoint, Refusals } from "../fault-point";
import type { Authenticator, Principal } from "../iam/types";
import { describeKey } from "./describe-key";
import { generateMac, verifyMac } from "./mac";
import type { Operation, OperationContext } from "./operation";
import { viewOperations } from "./views";

/** Encryption, data keys and what changes keys are not emulated over HTTP. */
const operations: Readonly<Record<string, Operation>> = {
  DescribeKey: describeKey,
  GenerateMac: generateMac,
  VerifyMac: verifyMac,
  ...viewOperations,
};

/** The operations that are emulated. */
export const operationNames: readonly string[] = Object.keys(operations);

/** https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html */
export const refusals: Refusals = {
  error: () => new AwsError("KMSInternalException", "Internal failure", 500),
  throttle: () =>
    new AwsError(
      "ThrottlingException",
      "You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.",
    ),
};

/** How KMS refuses who may not do something. */
export const kmsDenial = { code: "AccessDeniedException", statusCode: 400 };

/** What the API is made with. */
export interface ApiOptions {
  authenticator: Pick<Authenticator, "authenticate">;
  faultPoint: FaultPoint;
  notify: (line: string) => void;
  /** What an operation works with, for who signed the request. */
  contextOf: (principal: Principal, request: IncomingMessage) => OperationContext;
}

/** KMS's JSON 1.1 API. */
export function kmsApi(options: ApiOptions): RequestListener {
  const names = { title: "KMS", service: "kms", target: "TrentService" };
  return rpcApi({ ...options, ...names, operations, refusals });
}
