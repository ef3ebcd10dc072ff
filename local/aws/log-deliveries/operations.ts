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
    return { delivery: deliveryOf(existing(found, "delivery", wanted)) };
  },
  GetDeliveryDestination: (input, { caller, deliveries }) => {
    const { name: wanted } = parseInput(z.object({ name: z.string() }), input);
    const found = deliveries.destinations().find(({ name }) => name === wanted);
    caller.require("logs:GetDeliveryDestination", found?.arn ?? "*");
    const destination = existing(found, "delivery destination", wanted);
    return { deliveryDestination: destinationOf(destination) };
  },
  GetDeliverySource: (input, { caller, deliveries }) => {
    const { name: wanted } = parseInput(z.object({ name: z.string() }), input);
    const found = deliveries.sources().find(({ name }) => name === wanted);
    caller.require("logs:GetDeliverySource", found?.arn ?? "*");
    return { deliverySource: sourceOf(existing(found, "delivery source", wanted)) };
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
function existing<Found>(found: Found | undefined, what: string, name: string): Found {
  if (found === undefined) {
    throw new AwsError("ResourceNotFoundException", `There is no ${what} ${name}`);
  }
  return found;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_Delivery.html */
function deliveryOf(delivery: Delivery): Structure {
  const { id, arn, sourceName, destinationArn, recordFields, suffixPath, tags } = delivery;
  return {
    id,
    arn,
    deliverySourceName: sourceName,
    deliveryDestinationArn: destinationArn,
    deliveryDestinationType: "S3",
    recordFields,
    s3DeliveryConfiguration: suffixPath === undefined ? undefined : { suffixPath },
    tags: new Map(Object.entries(tags)),
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
    tags: new Map(Object.entries(tags)),
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
    tags: new Map(Object.entries(tags)),
  };
}
