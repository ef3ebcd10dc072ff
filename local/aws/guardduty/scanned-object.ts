import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import type { Principal } from "../iam/types";
import type { InternalReply, InternalRequest } from "../s3/s3";
import { elements, parseXml, renderXml, text as textOf } from "../s3/xml";
import { hasEicar } from "./eicar";

/** What calls S3 from within the local cloud. */
export interface Objects {
  handle(request: InternalRequest): Promise<InternalReply>;
}

/** A version of an object that is to be scanned. */
export interface ScannedObject {
  bucket: string;
  key: string;
  /** Absent where versioning was never on. */
  versionId?: string | undefined;
}

/** What came of a scan. */
export type ScanResult = "NO_THREATS_FOUND" | "THREATS_FOUND" | "ACCESS_DENIED" | "FAILED";

/** The tag that says so. */
export const scanTag = "GuardDutyMalwareScanStatus";

const forbidden = 403;

/** Scans a version, as whoever the plan's role is. */
export async function scan(
  objects: Objects,
  principal: Principal,
  object: ScannedObject,
): Promise<ScanResult> {
  const { status, body } = await objects.handle(call(object, principal, { method: "GET" }));
  const isInfected = await hasEicar(body instanceof Readable ? body : Readable.from([body]));
  if (status !== 200) {
    return status === forbidden ? "ACCESS_DENIED" : "FAILED";
  }
  return isInfected ? "THREATS_FOUND" : "NO_THREATS_FOUND";
}

/**
 * Adds the tag to those that the version has.
 *
 * @returns what S3 answers where that fails.
 */
export async function tag(
  objects: Objects,
  principal: Principal,
  object: ScannedObject,
  result: ScanResult,
): Promise<string | undefined> {
  const read = await objects.handle(call(object, principal, { method: "GET", tagging: true }));
  const document = await textIn(read);
  if (read.status !== 200) {
    return document;
  }
  const set = parseXml(document, "Tagging");
  const others = elements(set, "TagSet")
    .flatMap((each) => elements(each, "Tag"))
    .map((each) => ({ Key: textOf(each, "Key"), Value: textOf(each, "Value") }))
    .filter(({ Key }) => Key !== scanTag);
  const tags = [...others, { Key: scanTag, Value: result }];
  const body = Buffer.from(renderXml("Tagging", { TagSet: { Tag: tags } }));
  const written = await objects.handle(
    call(object, principal, { method: "PUT", tagging: true, body }),
  );
  const answer = await textIn(written);
  return written.status === 200 ? undefined : answer;
}

function call(
  { bucket, key, versionId }: ScannedObject,
  principal: Principal,
  { method, tagging = false, body }: { method: "GET" | "PUT"; tagging?: boolean; body?: Buffer },
): InternalRequest {
  const query = new URLSearchParams({
    ...(tagging && { tagging: "" }),
    ...(versionId !== undefined && { versionId }),
  });
  return { principal, method, bucket, key, headers: {}, query, ...(body && { body }) };
}

/** What S3 has answered. */
export async function textIn({ body }: InternalReply): Promise<string> {
  return body instanceof Readable ? await text(body) : body.toString();
}
