import { randomId } from "../random-id";

/** What S3 names a request by, in replies and in events. */
export interface RequestIds extends Readonly<Record<string, string>> {
  "x-amz-request-id": string;
  "x-amz-id-2": string;
}

export function newRequestIds(): RequestIds {
  return {
    "x-amz-request-id": randomId(8, "hex").toUpperCase(),
    "x-amz-id-2": randomId(48, "base64"),
  };
}
