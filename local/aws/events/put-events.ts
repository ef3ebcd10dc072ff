import { z } from "zod";
import { parseObject } from "./parse-object";
import { invalid } from "./rule";

const entry = z.strictObject({
  Time: z.number().optional(),
  Source: z.string().optional(),
  Resources: z.array(z.string()).optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  EventBusName: z.string().optional(),
  TraceHeader: z.string().optional(),
});

/** What PutEvents takes. */
export const putEventsInput = z.strictObject({ Entries: z.array(entry).min(1).max(10) });

/** An event that is to be put on a bus. */
export type PutEventsEntry = z.infer<typeof entry>;

/** Why an event is not put on a bus, beside others of the same request that are. */
export interface EntryRefusal {
  ErrorCode: string;
  ErrorMessage: string;
}

/**
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html: 1 MB since 2026, where it was a
 * quarter of it.
 */
const maxRequestBytes = 1024 * 1024;
const maxSourceLength = 256;
const maxDetailTypeLength = 128;

/** @throws AwsError `ValidationException` when the entries of a request are too large together. */
export function requireSize(entries: readonly PutEventsEntry[]): void {
  if (entries.reduce((sum, each) => sum + sizeOf(each), 0) > maxRequestBytes) {
    throw invalid("Total size of the entries in the request is over the limit.");
  }
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html#eb-event-size */
function sizeOf({
  Time,
  Source = "",
  DetailType = "",
  Detail = "",
  Resources = [],
}: PutEventsEntry) {
  const texts = [Source, DetailType, Detail, ...Resources];
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return bytes + (Time === undefined ? 0 : 14);
}

/** What is wrong with an entry by itself. */
export function refusalOf(entry: PutEventsEntry): EntryRefusal | undefined {
  const { Source = "", DetailType = "", Detail = "" } = entry;
  for (const [name, value] of Object.entries({ Source, DetailType, Detail })) {
    if (value === "") {
      return invalidArgument(name, `${name} is a required argument.`);
    }
  }
  if (Source.length > maxSourceLength) {
    return invalidArgument("Source", `Source is longer than ${maxSourceLength}.`);
  }
  if (DetailType.length > maxDetailTypeLength) {
    return invalidArgument("DetailType", `DetailType is longer than ${maxDetailTypeLength}.`);
  }
  if (Source.startsWith("aws.")) {
    return {
      ErrorCode: "NotAuthorizedForSourceException",
      ErrorMessage: "Not authorized for the source.",
    };
  }
  return parseObject(Detail)
    ? undefined
    : { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." };
}

function invalidArgument(name: string, reason: string): EntryRefusal {
  return {
    ErrorCode: "InvalidArgument",
    ErrorMessage: `Parameter ${name} is not valid. Reason: ${reason}`,
  };
}
