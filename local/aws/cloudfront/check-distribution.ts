import { regionOf } from "../arn";
import { AwsError } from "../aws-error";
import { repeated } from "../repeated";
import { serverOf } from "./custom-origin";
import { bucketOf } from "./s3-origin";
import type {
  DistributionConfig,
  FunctionAssociation,
  GeoRestriction,
  OriginGroup,
  OriginHeader,
} from "./types";

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/creating-custom-error-pages.html */
const errorCodes = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];
const responseCodes = [200, ...errorCodes];

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html */
const failoverCodes = [400, 403, 404, 416, 429, 500, 502, 503, 504];

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/add-origin-custom-headers.html#add-origin-custom-headers-denylist */
const deniedHeaders =
  /^(cache-control|connection|content-length|cookie|host|if-match|if-modified-since|if-none-match|if-range|if-unmodified-since|max-forwards|pragma|proxy-authenticate|proxy-authorization|proxy-connection|range|request-range|te|trailer|transfer-encoding|upgrade|via|x-real-ip|x-amz-.*|x-edge-.*)$/;

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html */
const maxCustomHeaders = 10;

/**
 * Checks what a configuration says by itself, whatever else there is.
 *
 * @throws AwsError `NotImplemented`, `InvalidArgument`, `InvalidErrorCode`, `InvalidResponseCode`, `NoSuchOrigin`,
 * `InvalidDefaultRootObject`, `InvalidViewerCertificate`, `InvalidGeoRestrictionParameter`.
 */
export function checkDistribution(config: DistributionConfig): void {
  const originIds = config.origins.map(({ originId }) => originId);
  const groups = config.originGroups ?? [];
  const ids = [...originIds, ...groups.map(({ originId }) => originId)];
  const double = repeated(ids);
  if (double !== undefined) {
    throw invalid(`The origins have the ID ${double} twice`);
  }
  for (const group of groups) {
    checkGroup(group, originIds);
  }
  for (const behavior of [config.defaultCacheBehavior, ...config.orderedCacheBehaviors]) {
    checkOriginExists(behavior.targetOriginId, ids);
    checkAssociations(behavior.functionAssociations ?? []);
  }
  for (const origin of config.origins) {
    checkCustomHeaders(origin.customHeaders ?? []);
    // Refused here, too, so that a preview tells.
    (origin.custom ? serverOf : bucketOf)(origin);
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
  checkAliases(config);
  checkCountries(config.geoRestriction);
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html */
function checkAliases({ aliases = [], certificateArn }: DistributionConfig): void {
  const double = repeated(aliases.map((alias) => alias.toLowerCase()));
  if (double !== undefined) {
    throw invalid(`The alias ${double} is there twice`);
  }
  if (aliases.length > 0 && certificateArn === undefined) {
    throw new AwsError(
      "InvalidViewerCertificate",
      "To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate that validates your authorization to use the domain name.",
    );
  }
  if (certificateArn !== undefined && regionOf(certificateArn) !== "us-east-1") {
    throw new AwsError(
      "InvalidViewerCertificate",
      "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.",
    );
  }
}

function checkCountries(restriction: GeoRestriction | undefined): void {
  const { locations = [] } = restriction ?? {};
  const wrong = locations.find((code) => !/^[A-Z]{2}$/.test(code));
  const double = repeated(locations);
  if ((restriction && locations.length === 0) || wrong !== undefined || double !== undefined) {
    throw new AwsError(
      "InvalidGeoRestrictionParameter",
      `A geographic restriction must have different countries by their codes of ISO 3166-1 alpha-2, not ${wrong ?? double ?? "none"}`,
    );
  }
}

function checkOriginExists(originId: string, ids: readonly string[]): void {
  if (!ids.includes(originId)) {
    const message = `No origin with the ID ${originId} exists in the distribution`;
    throw new AwsError("NoSuchOrigin", message, 404);
  }
}

function checkAssociations(associations: readonly FunctionAssociation[]): void {
  const types = associations.map(({ eventType }) => eventType);
  const wrong = types.find((type) => type !== "viewer-request" && type !== "viewer-response");
  const double = repeated(types);
  if (wrong !== undefined || double !== undefined) {
    throw new AwsError(
      "InvalidFunctionAssociation",
      wrong === undefined
        ? `There are two functions for the event type ${double ?? ""}`
        : `A CloudFront function cannot be associated with the event type ${wrong}`,
    );
  }
}

function checkGroup(group: OriginGroup, originIds: readonly string[]): void {
  const { originId, memberIds, failoverStatusCodes } = group;
  for (const memberId of memberIds) {
    checkOriginExists(memberId, originIds);
  }
  if (memberIds.length !== 2 || repeated(memberIds) !== undefined) {
    throw invalid(`The origin group ${originId} must have two origins, each once`);
  }
  const wrong = failoverStatusCodes.find((status) => !failoverCodes.includes(status));
  if (failoverStatusCodes.length === 0 || wrong !== undefined) {
    throw invalid(
      `The origin group ${originId} fails over by ${wrong ?? "no status"}, which is none of ${failoverCodes.join(", ")}`,
    );
  }
}

function checkCustomHeaders(headers: readonly OriginHeader[]): void {
  const names = headers.map(({ name }) => name.toLowerCase());
  const double = repeated(names);
  if (double !== undefined) {
    throw invalid(`The custom headers have the name ${double} twice`);
  }
  const denied = names.find((name) => deniedHeaders.test(name));
  if (denied !== undefined) {
    throw invalid(`The custom header ${denied} is one that CloudFront does not let origins have`);
  }
  if (headers.length > maxCustomHeaders) {
    throw new AwsError(
      "TooManyOriginCustomHeaders",
      `An origin has ${headers.length} custom headers; CloudFront takes ${maxCustomHeaders}`,
    );
  }
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

function invalid(message: string): AwsError {
  return new AwsError("InvalidArgument", message);
}
