import { AwsError } from "../aws-error";
import type { DistributionConfig } from "./types";

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/creating-custom-error-pages.html */
const errorCodes = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];
const responseCodes = [200, ...errorCodes];

/**
 * Checks what a configuration says by itself, whatever else there is.
 *
 * @throws AwsError `InvalidArgument`, `InvalidErrorCode`, `InvalidResponseCode`, `NoSuchOrigin`,
 * `InvalidDefaultRootObject`.
 */
export function checkDistribution(config: DistributionConfig): void {
  const ids = config.origins.map(({ originId }) => originId);
  const double = repeated(ids);
  if (double !== undefined) {
    throw invalid(`The origins have the ID ${double} twice`);
  }
  for (const { targetOriginId } of [config.defaultCacheBehavior, ...config.orderedCacheBehaviors]) {
    if (!ids.includes(targetOriginId)) {
      const message = `No origin with the ID ${targetOriginId} exists in the distribution`;
      throw new AwsError("NoSuchOrigin", message, 404);
    }
  }
  const path = config.origins
    .map(({ originPath }) => originPath)
    .find((each) => !isOriginPath(each));
  if (path !== undefined) {
    throw invalid(`The origin path ${path} must begin with a slash and not end with one`);
  }
  if (config.defaultRootObject?.startsWith("/")) {
    throw new AwsError(
      "InvalidDefaultRootObject",
      `The default root object ${config.defaultRootObject} must not begin with a slash`,
    );
  }
  checkErrorResponses(config);
}

function checkErrorResponses({ customErrorResponses }: DistributionConfig): void {
  for (const { errorCode, responseCode, responsePagePath } of customErrorResponses) {
    if (!errorCodes.includes(errorCode)) {
      throw new AwsError(
        "InvalidErrorCode",
        `The error code ${errorCode} is none of ${errorCodes.join(", ")}`,
      );
    }
    if (responseCode !== undefined && !responseCodes.includes(responseCode)) {
      throw new AwsError(
        "InvalidResponseCode",
        `The response code ${responseCode} is none of ${responseCodes.join(", ")}`,
      );
    }
    if ((responseCode === undefined) !== (responsePagePath === undefined)) {
      throw invalid("ResponseCode and ResponsePagePath of a custom error response go together");
    }
  }
  const double = repeated(customErrorResponses.map(({ errorCode }) => String(errorCode)));
  if (double !== undefined) {
    throw invalid(`There are two custom error responses for the error code ${double}`);
  }
}

function isOriginPath(path: string): boolean {
  return /^(\/.*[^/])?$/.test(path);
}

function repeated(texts: readonly string[]): string | undefined {
  return texts.find((text, index) => texts.indexOf(text) < index);
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidArgument", message);
}
