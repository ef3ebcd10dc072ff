import { randomBytes } from "node:crypto";

/** What S3 names a request by, in replies and in events. */
export interface RequestIds extends Readonly<Record<string, string>> {
  "x-amz-request-id": string;
  "x-amz-id-2": string;
}

export function newRequestIds(): RequestIds {
  return {
    "x-amz-request-id": randomBytes(8).toString("hex").toUpperCase(),
    "x-amz-id-2": randomBytes(48).toString("base64"),
  };
}
