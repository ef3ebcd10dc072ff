import type { RequestListener } from "node:http";
import type { ApiAccess } from "../api/api-access";
import { callerOf } from "../api/caller";
import { rpcApi } from "../api/rpc-api";
import { AwsError } from "../aws-error";
import { faultPoint, type Refusals } from "../fault-point";
import type { CloudWatch } from "./cloudwatch";
import { operations } from "./operations";

const refusals: Refusals = {
  error: () => new AwsError("InternalServiceError", "Internal failure", 500),
  throttle: () => new AwsError("Throttling", "Rate exceeded"),
};

/** Errors have their codes of the query protocol here; to SDKs that speak another, these are their names. */
const errorNames = {
  InternalServiceError: "InternalServiceFault",
  InvalidFormat: "InvalidFormatFault",
  InvalidParameterCombination: "InvalidParameterCombinationException",
  InvalidParameterValue: "InvalidParameterValueException",
  MissingParameter: "MissingRequiredParameterException",
  ValidationError: "com.amazon.coral.validate#ValidationException",
};

/**
 * What shows alarms and metrics. SDKs speak CBOR with CloudWatch now, did JSON meanwhile, and the query
 * protocol before.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/
 */
export function cloudWatchApi(access: ApiAccess, cloudWatch: CloudWatch): RequestListener {
  return rpcApi({
    ...access,
    title: "CloudWatch",
    service: "monitoring",
    target: "GraniteServiceVersion20100801",
    jsonVersion: "1.0",
    speaksCbor: true,
    takesGzip: true,
    errorPrefix: "com.amazonaws.cloudwatch.v2010_08_01#",
    errorNames,
    query: {
      codes: { DashboardNotFoundError: "ResourceNotFound" },
      namespace: "http://monitoring.amazonaws.com/doc/2010-08-01/",
      types: {
        integers: ["MaxDatapoints", "MaxRecords", "Period", "StorageResolution"],
        booleans: ["ReturnData"],
      },
    },
    unsigned: { code: "MissingAuthenticationToken", statusCode: 403 },
    operations,
    refusals,
    faultPoint: faultPoint("cloudwatch", access, refusals),
    contextOf: (principal) => ({
      account: access.account,
      cloudWatch,
      caller: callerOf(principal, access.authorizer, { code: "AccessDenied", statusCode: 403 }),
    }),
  });
}
