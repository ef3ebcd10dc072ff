import { AwsError } from "../aws/aws-error";
import { NotEmulatedByService } from "../aws/not-emulated";
import { tagProblem } from "../aws/tags";
import type { Account } from "../aws/types";
import { mayBeIn } from "./in-region";
import { NotEmulated } from "./refuse-inputs";
import type { ResourceRequest } from "./resource";

/** The codes by which services refuse tags, by the first part of a type's name; else ValidationException. */
const tagCodes: Readonly<Record<string, string>> = {
  "aws:apigateway": "BadRequestException",
  "aws:cloudfront": "InvalidTagging",
  "aws:iam": "InvalidInput",
  "aws:kms": "TagException",
  "aws:s3": "InvalidTag",
  "aws:sns": "InvalidParameter",
  "aws:sqs": "InvalidParameterValue",
};

/**
 * Refuses what AWS would refuse of a resource of any type.
 *
 * @throws AwsError for bad tags; NotEmulated for a region other than the account's, but for what goes with CloudFront.
 */
export function refuseByAws(account: Account, request: ResourceRequest): void {
  const { type, inputs } = request;
  const { tags, region = account.region } = inputs as {
    tags?: Record<string, string>;
    region?: string;
  };
  const problem = tags && tagProblem(tags);
  if (problem !== undefined) {
    const code = tagCodes[type.split("/")[0] ?? ""] ?? "ValidationException";
    throw new AwsError(code, `Invalid tags: ${problem}`);
  }
  if (!mayBeIn(region, type, account)) {
    throw new NotEmulated(request, `a second region, ${region} beside ${account.region}`);
  }
}

/**
 * An error of AWS with its code in front, as the SDK shows it; others as they are. What a service of
 * the local cloud has not is NotEmulated.
 */
export function withCode(request: Pick<ResourceRequest, "name">, error: unknown): unknown {
  if (!(error instanceof AwsError)) {
    return error;
  }
  return error instanceof NotEmulatedByService
    ? new NotEmulated(request, error.what)
    : new Error(`${error.code}: ${error.message}`, { cause: error });
}
