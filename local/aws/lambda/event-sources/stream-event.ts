import type { EventPattern } from "../../event-pattern/event-pattern";
import { firstWithin } from "../../first-within";
import { limits } from "../limits";
import type { SourceRecord } from "./stream-source";

/** What a function gets of a record, whose members are named in another way than in the API. */
export function eventRecord(
  { userIdentity, ...record }: SourceRecord,
  eventSourceARN: string,
): object {
  return {
    ...record,
    ...(userIdentity && {
      userIdentity: { principalId: userIdentity.PrincipalId, type: userIdentity.Type },
    }),
    eventSourceARN,
  };
}

/** The records that one of the patterns is for; all, where there are none. */
export function filtered(
  records: readonly SourceRecord[],
  patterns: readonly EventPattern[],
): SourceRecord[] {
  return records.filter(
    (record) => patterns.length === 0 || patterns.some((matches) => matches(record)),
  );
}

/** As many of the first records as fit into an invocation, at least one. */
export function fitting(records: readonly SourceRecord[]): SourceRecord[] {
  // As much as each has once it names its stream.
  const sizeOf = (record: SourceRecord) => Buffer.byteLength(JSON.stringify(record)) + 200;
  return firstWithin(limits.synchronousPayloadBytes - 100, records, sizeOf);
}

/** The table of a stream's ARN, by which a person knows it. */
export function tableArnOf(streamArn: string): string {
  return streamArn.split("/stream/")[0] ?? streamArn;
}

/** What a function is invoked with. */
export function eventOf(records: readonly SourceRecord[], streamArn: string): string {
  return JSON.stringify({ Records: records.map((record) => eventRecord(record, streamArn)) });
}

/** Where a mapping is in its stream, as it is kept on disk. */
export interface Checkpoint {
  uuid: string;
  /** Of the first record that is not done with. */
  from: string;
}
