import { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import { createTypedDynamoDb } from "./aws/clients";
import { Hindered, untilUnhindered } from "./aws/contention";
import { setting } from "./aws/settings";
import { type ApiHandler, createApiHandler, type Invocation } from "./http/api-handler";
import { InvalidRequestError } from "./http/errors";
import { type Preconditions, readPreconditions } from "./http/preconditions";
import { jsonResponse } from "./http/responses";
import { RecordBody } from "./http/schemas";
import { type Fields, readDocument } from "./records/document";
import { requireMeant } from "./records/preconditions";
import { recordBusy } from "./records/record-busy";
import { readRecordId, recordNotFound } from "./records/record-id";
import { checkOwner, isOwnRecord } from "./records/record-owner";
import { recordEtag, Records } from "./records/records";
import { requireStorable } from "./records/storable";
import type { Caller } from "./users/caller";
import { scopeOf } from "./users/ownership";

/** What is to be kept. */
export interface PutRecordInput {
  id: string;
  caller: Caller;
  /** All of the record, `id` included and, of a user's, `userId`. */
  fields: Fields;
  preconditions: Preconditions;
}

/** What is kept. */
export interface PutRecordOutput {
  fields: Fields;
  /** Whether there was no record of this id before. */
  isNew: boolean;
}

/** PUT /records/{id}: keeps a JSON object, in the place of what was kept under this id, if anything. */
export function createHandler(settings: NodeJS.ProcessEnv): ApiHandler {
  const records = new Records(createTypedDynamoDb(), setting(settings, "RECORDS_TABLE"));
  return createApiHandler(new Logger(), settings, {
    parse,
    act: (input) => putRecord(input, records),
    respond,
  });
}

function parse(event: APIGatewayProxyEvent, { caller }: Invocation): PutRecordInput {
  const id = readRecordId(event);
  const { stated, fields } = readDocument(event, RecordBody);
  if (stated.id !== undefined && stated.id !== id) {
    throw new InvalidRequestError([
      { field: "id", problem: "must be the id in the path: leave it out" },
    ]);
  }
  requireStorable(fields);
  checkOwner(caller, fields);
  const userId = scopeOf(caller);
  return {
    id,
    caller,
    fields: { ...fields, id, ...(userId !== undefined && { userId }) },
    preconditions: readPreconditions(event),
  };
}

/**
 * Keeps a record. Ids are all users' together: under one that is not the caller's nothing can be kept,
 * and it is as if there were none that the caller may change.
 *
 * @throws ApiError 404 `RecordNotFound`, 409 `RecordBusy`, 412 `PreconditionFailed`.
 */
export async function putRecord(
  { id, caller, fields, preconditions }: PutRecordInput,
  records: Records,
): Promise<PutRecordOutput> {
  return await untilUnhindered(async () => {
    const found = await records.read(id);
    if (found && !isOwnRecord(found.fields, caller)) {
      throw recordNotFound();
    }
    requireMeant(found, preconditions);
    return (await records.put(fields, found))
      ? { fields, isNew: found === undefined }
      : new Hindered(recordBusy());
  });
}

function respond({ fields, isNew }: PutRecordOutput): APIGatewayProxyResult {
  return jsonResponse(isNew ? 201 : 200, fields, {
    "Cache-Control": "private, no-cache",
    ETag: recordEtag(fields),
  });
}
