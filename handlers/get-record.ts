import { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import { createTypedDynamoDb } from "./aws/clients";
import { setting } from "./aws/settings";
import { type ApiHandler, createApiHandler, type Invocation } from "./http/api-handler";
import {
  isUnchanged,
  type Preconditions,
  readPreconditions,
  requireMatch,
} from "./http/preconditions";
import { readQuery } from "./http/request";
import { jsonResponse, notModified } from "./http/responses";
import { NoQuery } from "./http/schemas";
import type { Fields } from "./records/document";
import { readRecordId, recordNotFound } from "./records/record-id";
import { isOwnRecord } from "./records/record-owner";
import { recordEtag, Records } from "./records/records";
import type { Caller } from "./users/caller";

/** Which record is asked for. */
export interface GetRecordInput extends Preconditions {
  id: string;
  caller: Caller;
}

/** A record. */
export interface GetRecordOutput {
  /** Left out when the client has them. */
  fields?: Fields;
  etag: string;
}

/** GET and HEAD /records/{id}: what POST /process merges posted fields over. */
export function createHandler(settings: NodeJS.ProcessEnv): ApiHandler {
  const records = new Records(createTypedDynamoDb(), setting(settings, "RECORDS_TABLE"));
  return createApiHandler(new Logger(), settings, {
    parse,
    act: (input) => getRecord(input, records),
    respond,
  });
}

function parse(event: APIGatewayProxyEvent, { caller }: Invocation): GetRecordInput {
  readQuery(event, NoQuery);
  return { id: readRecordId(event), caller, ...readPreconditions(event) };
}

/** @throws ApiError 404 `RecordNotFound`, 412 `PreconditionFailed`. */
export async function getRecord(
  { id, caller, ...preconditions }: GetRecordInput,
  records: Records,
): Promise<GetRecordOutput> {
  const found = await records.read(id);
  if (!found || !isOwnRecord(found.fields, caller)) {
    throw recordNotFound();
  }
  const { fields } = found;
  const etag = recordEtag(fields);
  requireMatch(etag, preconditions, "The record");
  return { etag, ...(!isUnchanged(etag, preconditions) && { fields }) };
}

function respond({ etag, fields }: GetRecordOutput): APIGatewayProxyResult {
  const headers = { "Cache-Control": "private, no-cache", ETag: etag };
  return fields
    ? jsonResponse(200, fields, headers)
    : notModified({ "Content-Type": "application/json", ...headers });
}
