import { z } from "zod";
import type { Caller } from "../api/caller";
import type { Structure } from "../api/output";
import { pageOf } from "../api/page-of";
import type { Operation } from "../api/rpc-api";
import { AwsError } from "../aws-error";
import { parseInput } from "../parse-input";
import type {
  Delivery,
  DeliveryDestination,
  DeliverySource,
  LogDeliveries,
} from "./log-deliveries";

/** What the operations work with. */
export interface DeliveryContext {
  caller: Caller;
  deliveries: LogDeliveries;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeDeliveries.html */
const pageInput = z.object({
  limit: z.int().min(1).max(50).default(50),
  nextToken: z.string().optional(),
});

/** Where CloudFront's logs go in a bucket, unless a delivery says otherwise. */
const cloudFrontPath = "AWSLogs/{account-id}/CloudFront/";

/** Deliveries are made by the program alone; those of CloudFront are shown wherever the account is. */
export const deliveryOperations: Readonly<Record<string, Operation<DeliveryContext>>> = {
  DescribeDeliveries: (input, { caller, deliveries }) => {
    caller.require("logs:DescribeDeliveries", "*");
    const { items, nextToken } = paged(deliveries.all(), input);
    return { deliveries: items.map(deliveryOf), nextToken };
  },
  DescribeDeliveryDestinations: (input, { caller, deliveries }) => {
    caller.require("logs:DescribeDeliveryDestinations", "*");
    const { items, nextToken } = paged(deliveries.destinations(), input);
    return { deliveryDestinations: items.map(destinationOf), nextToken };
  },
  DescribeDeliverySources: (input, { caller, deliveries }) => {
    caller.require("logs:DescribeDeliverySources", "*");
    const { items, nextToken } = paged(deliveries.sources(), input);
    return { deliverySources: items.map(sourceOf), nextToken };
  },
  GetDelivery: (input, { caller, deliveries }) => {
    const { id: wanted } = parseInput(z.object({ id: z.string() }), input);
    const found = deliveries.all().find(({ id }) => id === wanted);
    caller.require("logs:GetDelivery", found?.arn ?? "*");
    return { delivery: deliveryOf(existing(found, "Delivery")) };
  },
  GetDeliveryDestination: (input, { caller, deliveries }) => {
    const { name: wanted } = parseInput(z.object({ name: z.string() }), input);
    const found = deliveries.destinations().find(({ name }) => name === wanted);
    caller.require("logs:GetDeliveryDestination", found?.arn ?? "*");
    const destination = existing(found, "Delivery Destination");
    return { deliveryDestination: destinationOf(destination) };
  },
  GetDeliverySource: (input, { caller, deliveries }) => {
    const { name: wanted } = parseInput(z.object({ name: z.string() }), input);
    const found = deliveries.sources().find(({ name }) => name === wanted);
    caller.require("logs:GetDeliverySource", found?.arn ?? "*");
    return { deliverySource: sourceOf(existing(found, "Delivery Source")) };
  },
};

function paged<Item extends Delivery | DeliveryDestination | DeliverySource>(
  all: readonly Item[],
  input: unknown,
) {
  const { limit, nextToken } = parseInput(pageInput, input);
  const invalid = () => new AwsError("ValidationException", "The specified token is not valid.");
  return pageOf(all, nextToken, limit, invalid);
}

/** @throws AwsError `ResourceNotFoundException`. */
function existing<Found>(found: Found | undefined, what: string): Found {
  if (found === undefined) {
    const message = `Requested ${what} does not exist in this account.`;
    throw new AwsError("ResourceNotFoundException", message);
  }
  return found;
}

/** What has no tags tells none. */
function tagsOf(tags: Readonly<Record<string, string>>): ReadonlyMap<string, string> | undefined {
  const entries = Object.entries(tags);
  return entries.length > 0 ? new Map(entries) : undefined;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_Delivery.html */
function deliveryOf(delivery: Delivery): Structure {
  const { id, arn, sourceName, destinationArn, recordFields, tags } = delivery;
  const { suffixPath = cloudFrontPath, enableHiveCompatiblePath = false } = delivery;
  return {
    id,
    arn,
    deliverySourceName: sourceName,
    deliveryDestinationArn: destinationArn,
    deliveryDestinationType: "S3",
    recordFields,
    s3DeliveryConfiguration: { suffixPath, enableHiveCompatiblePath },
    tags: tagsOf(tags),
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeliveryDestination.html */
function destinationOf({ name, arn, resourceArn, outputFormat, tags }: DeliveryDestination) {
  return {
    name,
    arn,
    deliveryDestinationType: "S3",
    outputFormat,
    deliveryDestinationConfiguration: { destinationResourceArn: resourceArn },
    tags: tagsOf(tags),
  };
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeliverySource.html */
function sourceOf({ name, arn, resourceArn, logType, tags }: DeliverySource): Structure {
  return {
    name,
    arn,
    resourceArns: [resourceArn],
    service: "cloudfront",
    logType,
    tags: tagsOf(tags),
  };
}
