import { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { createTypedDynamoDb } from "./aws/clients";
import { Hindered, untilUnhindered } from "./aws/contention";
import { setting } from "./aws/settings";
import { type ApiHandler, createApiHandler, type Invocation } from "./http/api-handler";
import { type Preconditions, readPreconditions } from "./http/preconditions";
import { readQuery } from "./http/request";
import { emptyResponse } from "./http/responses";
import { NoQuery } from "./http/schemas";
import { requireMeant } from "./records/preconditions";
import { recordBusy } from "./records/record-busy";
import { readRecordId, recordNotFound } from "./records/record-id";
import { isOwnRecord } from "./records/record-owner";
import { Records } from "./records/records";
import type { Caller } from "./users/caller";
import { scopeOf } from "./users/ownership";

/** Which record is to go. */
export interface DeleteRecordInput extends Preconditions {
  id: string;
  caller: Caller;
}

/** DELETE /records/{id}: removes a record; twice is as once. */
export function createHandler(settings: NodeJS.ProcessEnv): ApiHandler {
  const records = new Records(createTypedDynamoDb(), setting(settings, "RECORDS_TABLE"));
  return createApiHandler(new Logger(), settings, {
    parse,
    act: (input) => deleteRecord(input, records),
    respond: () => emptyResponse(204),
  });
}

function parse(event: APIGatewayProxyEvent, { caller }: Invocation): DeleteRecordInput {
  readQuery(event, NoQuery);
  return { id: readRecordId(event), caller, ...readPreconditions(event) };
}

/**
 * Removes a record that the caller may see. To a user, what is another's is as what was deleted long
 * ago, or never was; who sees every record is told in any case that there is none of this id any more:
 * also if another was meant, as by a repetition of what was done already.
 *
 * @throws ApiError 404 `RecordNotFound` for a user who has no such record, 409 `RecordBusy`, 412
 * `PreconditionFailed`.
 */
export async function deleteRecord(
  { id, caller, ...preconditions }: DeleteRecordInput,
  records: Records,
): Promise<void> {
  await untilUnhindered(async () => {
    const found = await records.read(id);
    if (!found || !isOwnRecord(found.fields, caller)) {
      if (scopeOf(caller) !== undefined) {
        throw recordNotFound();
      }
      return undefined;
    }
    requireMeant(found, preconditions);
    return (await records.remove(id, found)) ? undefined : new Hindered(recordBusy());
  });
}
