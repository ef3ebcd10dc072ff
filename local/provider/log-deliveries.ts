import { regionalArn } from "../aws/arn";
import { AwsError } from "../aws/aws-error";
import type { LogDeliveries } from "../aws/log-deliveries/log-deliveries";
import type { Account } from "../aws/types";
import { cloudFrontRegion, inRegion } from "./in-region";
import { NotEmulated } from "./refuse-inputs";
import type { PlannedResource, ResourceRequest, ResourceTypes } from "./resource";

interface SourceInputs {
  logType: string;
  resourceArn: string;
  tags?: Record<string, string>;
}

interface DestinationInputs {
  deliveryDestinationConfiguration?: { destinationResourceArn?: string };
  outputFormat?: string;
  tags?: Record<string, string>;
}

interface DeliveryInputs {
  deliverySourceName: string;
  deliveryDestinationArn: string;
  recordFields?: string[];
  s3DeliveryConfigurations?: { enableHiveCompatiblePath?: boolean; suffixPath: string }[];
  tags?: Record<string, string>;
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html */
const cloudFrontFields: ReadonlySet<string> = new Set([
  ...["date", "time", "timestamp", "timestamp(ms)", "DistributionId", "x-edge-location"],
  ...["sc-bytes", "c-ip", "cs-method", "cs(Host)", "cs-uri-stem", "sc-status", "cs(Referer)"],
  ...["cs(User-Agent)", "cs-uri-query", "cs(Cookie)", "x-edge-result-type", "x-edge-request-id"],
  ...["x-host-header", "cs-protocol", "cs-bytes", "time-taken", "x-forwarded-for", "ssl-protocol"],
  ...["ssl-cipher", "x-edge-response-result-type", "cs-protocol-version", "fle-status"],
  ...["fle-encrypted-fields", "c-port", "time-to-first-byte", "x-edge-detailed-result-type"],
  ...["sc-content-type", "sc-content-len", "sc-range-start", "sc-range-end", "origin-fbl"],
  ...["origin-lbl", "asn", "c-country", "cache-behavior-path-pattern"],
]);

/** What folders of log files may be named for. */
const pathVariables = /\{(?!(?:DistributionId|distributionid|yyyy|MM|dd|HH|accountid)\})[^}]*\}/;

/** The resource types of CloudWatch Logs for logs that AWS's services write, as far as they are CloudFront's. */
export function logDeliveryResources(deliveries: LogDeliveries, account: Account): ResourceTypes {
  return {
    "aws:cloudwatch/logDeliverySource:LogDeliverySource": (request) =>
      planSource(deliveries, account, request),
    "aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination": (request) =>
      planDestination(deliveries, account, request),
    "aws:cloudwatch/logDelivery:LogDelivery": (request) =>
      planDelivery(deliveries, account, request),
  };
}

function planSource(
  deliveries: LogDeliveries,
  account: Account,
  request: ResourceRequest,
): PlannedResource {
  const { logType, resourceArn, tags = {} } = request.inputs as unknown as SourceInputs;
  const place = inRegion(account, request);
  if (!/^arn:[\w-]+:cloudfront::\d{12}:distribution\/\w+$/.test(resourceArn)) {
    throw new NotEmulated(request, `deliveries of logs of ${resourceArn}`);
  }
  if (logType !== "ACCESS_LOGS") {
    throw validation(`CloudFront has no logs of the type ${logType}, but ACCESS_LOGS`);
  }
  if (place.region !== cloudFrontRegion) {
    throw validation(`The logs of CloudFront are in ${cloudFrontRegion}, not in ${place.region}`);
  }
  const name = request.physicalName();
  checkName(name);
  const arn = regionalArn(place, "logs", `delivery-source:${name}`);
  return {
    id: name,
    outputs: {
      ...request.inputs,
      name,
      arn,
      region: place.region,
      service: "cloudfront",
      tagsAll: tags,
    },
    create: () => {
      deliveries.putSource({ name, arn, resourceArn, logType, tags });
    },
    remove: () => {
      deliveries.deleteSource(name);
    },
  };
}

function planDestination(
  deliveries: LogDeliveries,
  account: Account,
  request: ResourceRequest,
): PlannedResource {
  const inputs = request.inputs as unknown as DestinationInputs;
  const { deliveryDestinationConfiguration, outputFormat = "json", tags = {} } = inputs;
  const place = inRegion(account, request);
  const { destinationResourceArn: resourceArn = "" } = deliveryDestinationConfiguration ?? {};
  if (!/^arn:[\w-]+:s3:::[^/]+(?:\/.*)?$/.test(resourceArn)) {
    throw new NotEmulated(request, `deliveries of logs to ${resourceArn || "nowhere"}`);
  }
  const name = request.physicalName();
  checkName(name);
  const arn = regionalArn(place, "logs", `delivery-destination:${name}`);
  return {
    id: name,
    outputs: {
      deliveryDestinationType: "S3",
      outputFormat,
      ...request.inputs,
      name,
      arn,
      region: place.region,
      tagsAll: tags,
    },
    create: () => {
      deliveries.putDestination({ name, arn, resourceArn, outputFormat, tags });
    },
    remove: () => {
      deliveries.deleteDestination(arn);
    },
  };
}

function planDelivery(
  deliveries: LogDeliveries,
  account: Account,
  request: ResourceRequest,
): PlannedResource {
  const inputs = request.inputs as unknown as DeliveryInputs;
  const { deliverySourceName: sourceName, deliveryDestinationArn: destinationArn } = inputs;
  const { recordFields = [], s3DeliveryConfigurations = [], tags = {} } = inputs;
  const [configuration] = s3DeliveryConfigurations;
  const unknown = recordFields.find((field) => !cloudFrontFields.has(field));
  if (unknown !== undefined) {
    throw validation(`Access logs of CloudFront have no field ${unknown}`);
  }
  const wrong = s3DeliveryConfigurations.find(({ suffixPath }) => pathVariables.test(suffixPath));
  if (wrong) {
    throw validation(`The suffix path ${wrong.suffixPath} has a variable that there is not`);
  }
  const place = inRegion(account, request);
  const id = request.stableId("id", 16, "abcdefghijklmnopqrstuvwxyz0123456789");
  const arn = regionalArn(place, "logs", `delivery:${id}`);
  return {
    id,
    outputs: {
      ...request.inputs,
      arn,
      region: place.region,
      tagsAll: tags,
    },
    create: () => {
      deliveries.createDelivery({
        ...{ id, arn, sourceName, destinationArn, recordFields, tags },
        ...configuration,
      });
    },
    remove: () => {
      deliveries.deleteDelivery(id);
    },
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDeliverySource.html */
function checkName(name: string): void {
  if (!/^[\w-]{1,60}$/.test(name)) {
    throw validation(`The name ${name} is not of 1 to 60 letters, digits, _ and -`);
  }
}

function validation(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
