import { invalidArgument, notImplemented } from "../errors";

/** What happened to an object, as events name it. */
export type EventName =
  | "ObjectCreated:Put"
  | "ObjectCreated:Post"
  | "ObjectCreated:Copy"
  | "ObjectCreated:CompleteMultipartUpload"
  | "ObjectRemoved:Delete"
  | "ObjectRemoved:DeleteMarkerCreated"
  | "LifecycleExpiration:Delete"
  | "LifecycleExpiration:DeleteMarkerCreated";

const emulated =
  /^s3:(ObjectCreated:(\*|Put|Post|Copy|CompleteMultipartUpload)|(ObjectRemoved|LifecycleExpiration):(\*|Delete|DeleteMarkerCreated))$/;

/** What happens to no object here, or is not told of. */
const notEmulated =
  /^s3:(ReducedRedundancyLostObject|ObjectRestore:.+|Replication:.+|LifecycleTransition|IntelligentTiering|ObjectAcl:Put|ObjectTagging:.+|ObjectAnnotation:.+)$/;

/**
 * Checks an event type of a notification, such as `s3:ObjectCreated:*`.
 *
 * @throws S3Error `InvalidArgument`, `NotImplemented`.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html
 */
export function checkEventType(type: string): void {
  if (notEmulated.test(type)) {
    throw notImplemented(`event ${type}`);
  }
  if (!emulated.test(type)) {
    throw invalidArgument("A specified event is not supported for notifications.", "Event", type);
  }
}

/** Whether an event type stands for an event. */
export function selects(type: string, name: EventName): boolean {
  return covers(type, `s3:${name}`);
}

/** Whether two event types have an event in common. */
export function sharesEvents(a: string, b: string): boolean {
  return covers(a, b) || covers(b, a);
}

function covers(type: string, other: string): boolean {
  return type === other || (type.endsWith("*") && other.startsWith(type.slice(0, -1)));
}
