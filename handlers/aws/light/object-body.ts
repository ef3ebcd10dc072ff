import type { Readable } from "node:stream";
import type { GetObjectCommandOutput } from "@aws-sdk/client-s3";
import { checked, checksumHeader } from "./checksums";
import { bytesOf, type ServiceResponse } from "./service";

/** The body of an object, with the ways to read it that handlers use. */
export function objectBody(response: ServiceResponse): GetObjectCommandOutput["Body"] {
  const body = verified(response);
  const read = {
    transformToByteArray: async () => bytesOf(body),
    transformToString: async () => (await bytesOf(body)).toString(),
  };
  return Object.assign(body, read) as unknown as GetObjectCommandOutput["Body"];
}

/** A checksum of parts, which has a number after it, says nothing of the whole. */
function verified({ statusCode, headers, body }: ServiceResponse): Readable {
  const expected = headers[checksumHeader];
  const isOfWhole = statusCode === 200 && expected !== undefined && !expected.includes("-");
  return isOfWhole ? checked(body, expected) : body;
}
