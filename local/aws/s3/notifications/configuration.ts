import { randomBytes } from "node:crypto";
import { AwsError } from "../../aws-error";
import type { Account, FunctionInvoker, InvokeRequest } from "../../types";
import { invalidArgument, malformedXml, notImplemented, S3Error } from "../errors";
import type { BucketConfiguration, FunctionNotification } from "../store/configuration";
import { elements, text, texts } from "../xml";
import type { XmlElement } from "../xml";
import { checkEventType, sharesEvents } from "./event-types";

/** Invokes functions, and tells beforehand whether it would. */
export interface EventInvoker extends FunctionInvoker {
  /** @throws AwsError when there is no such function, or its policy does not let the caller. */
  authorize: (request: Omit<InvokeRequest, "invocationType" | "payload">) => unknown;
}

const otherDestinations = ["TopicConfiguration", "QueueConfiguration"] as const;

const maxFilterLength = 1024;

/** What a bucket tells of its objects, and to whom. */
type NotificationConfiguration = Pick<BucketConfiguration, "notifications" | "eventBridge">;

/**
 * Reads the content of a `NotificationConfiguration` element. Functions and the event bus are the only
 * destinations that are emulated.
 *
 * @throws S3Error `MalformedXML`, `InvalidArgument`, `NotImplemented`.
 */
export function readNotifications(document: XmlElement): Required<NotificationConfiguration> {
  const other = otherDestinations.find((name) => elements(document, name).length > 0);
  if (other !== undefined) {
    throw notImplemented(`${other} of a bucket's notifications`);
  }
  return {
    notifications: elements(document, "CloudFunctionConfiguration").map(readNotification),
    // An element without content, which a parser may take for an empty text.
    eventBridge: "EventBridgeConfiguration" in document,
  };
}

function readNotification(element: XmlElement): FunctionNotification {
  const functionArn = text(element, "CloudFunction");
  const events = texts(element, "Event");
  if (functionArn === undefined || events.length === 0) {
    throw malformedXml();
  }
  const id = text(element, "Id") ?? randomBytes(24).toString("base64url");
  return { id, functionArn, events, ...readFilter(element) };
}

function readFilter(element: XmlElement): { prefix: string; suffix: string } {
  const filter = { prefix: "", suffix: "" };
  const keys = elements(element, "Filter").flatMap((outer) => elements(outer, "S3Key"));
  for (const rule of keys.flatMap((key) => elements(key, "FilterRule"))) {
    const name = text(rule, "Name")?.toLowerCase();
    if (name !== "prefix" && name !== "suffix") {
      throw invalidArgument(
        "filter rule name must be either prefix or suffix",
        "FilterRule.Name",
        name ?? "",
      );
    }
    filter[name] = text(rule, "Value") ?? "";
  }
  return filter;
}

/** The content of a `NotificationConfiguration` element. */
export function writeNotifications({
  notifications = [],
  eventBridge = false,
}: NotificationConfiguration): XmlElement {
  return {
    ...(eventBridge && { EventBridgeConfiguration: "" }),
    CloudFunctionConfiguration: notifications.map(({ id, functionArn, events, ...filter }) => ({
      Id: id,
      CloudFunction: functionArn,
      Event: events,
      ...writtenFilter(filter),
    })),
  };
}

function writtenFilter({ prefix, suffix }: { prefix: string; suffix: string }): XmlElement {
  const rules = [
    { Name: "Prefix", Value: prefix },
    { Name: "Suffix", Value: suffix },
  ].filter(({ Value }) => Value !== "");
  return rules.length === 0 ? {} : { Filter: { S3Key: { FilterRule: rules } } };
}

/**
 * Checks the notifications that a bucket is to have, as S3 does before it takes them.
 *
 * @throws S3Error `InvalidArgument`, `NotImplemented`.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-filtering.html
 */
export function checkNotifications(
  notifications: readonly FunctionNotification[],
  bucketArn: string,
  invoker: EventInvoker,
): void {
  for (const [index, notification] of notifications.entries()) {
    notification.events.forEach(checkEventType);
    checkFilter(notification);
    notifications.slice(0, index).forEach((other) => {
      checkDistinct(other, notification);
    });
  }
  for (const { functionArn } of notifications) {
    checkDestination(functionArn, bucketArn, invoker);
  }
}

function checkFilter({ prefix, suffix }: FunctionNotification): void {
  const long = [prefix, suffix].find((value) => Buffer.byteLength(value) > maxFilterLength);
  if (long !== undefined) {
    throw invalidArgument(
      `Size of filter rule value cannot exceed ${maxFilterLength} bytes in UTF-8`,
      "FilterRule.Value",
      long,
    );
  }
}

function checkDistinct(a: FunctionNotification, b: FunctionNotification): void {
  if (a.id === b.id) {
    throw invalidArgument(
      "Same ID used for multiple configurations. IDs must be unique",
      "Id",
      b.id,
    );
  }
  const sameEvents = a.events.some((one) => b.events.some((other) => sharesEvents(one, other)));
  const samePrefix = a.prefix.startsWith(b.prefix) || b.prefix.startsWith(a.prefix);
  const sameSuffix = a.suffix.endsWith(b.suffix) || b.suffix.endsWith(a.suffix);
  if (sameEvents && samePrefix && sameSuffix) {
    throw new S3Error(
      "InvalidArgument",
      "Configurations overlap. Configurations on the same bucket cannot share a common event type.",
      400,
    );
  }
}

function checkDestination(functionArn: string, bucketArn: string, invoker: EventInvoker): void {
  try {
    invoker.authorize({
      functionName: functionArn,
      principal: { kind: "service", service: "s3.amazonaws.com" },
      sourceArn: bucketArn,
    });
  } catch (error) {
    if (!(error instanceof AwsError)) {
      throw error;
    }
    throw new S3Error(
      "InvalidArgument",
      "Unable to validate the following destination configurations",
      400,
      {
        ArgumentName1: functionArn,
        ArgumentValue1:
          error.code === "AccessDeniedException"
            ? `Not authorized to invoke function [${functionArn}]`
            : error.message,
      },
    );
  }
}

/** Such as `arn:aws:s3:::photos`. */
export function bucketArn({ partition }: Account, bucket: string): string {
  return `arn:${partition}:s3:::${bucket}`;
}
