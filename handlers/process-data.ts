import { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { v7 as uuidV7 } from "uuid";
import { createBusinessCounts } from "./aws/business-metrics";
import { createDynamoDb, createS3, createTypedDynamoDb } from "./aws/clients";
import { setting } from "./aws/settings";
import { type ApiHandler, createApiHandler, type Invocation } from "./http/api-handler";
import { InvalidRequestError, TooLargeError } from "./http/errors";
import { Idempotency } from "./http/idempotency";
import { isNestedDeeperThan, parseExactly } from "./http/json";
import { repeatable } from "./http/repeatable";
import { readBytes, readJson, readQuery, validate } from "./http/request";
import { jsonResponse } from "./http/responses";
import { maxDocumentBytes, NoQuery, ProcessBody } from "./http/schemas";
import { bothSpellings } from "./http/spelling";
import { type ProcessDataInput, type ProcessDataDeps, processData } from "./records/process";
import { Results } from "./records/results";
import { ResultsBucket } from "./records/results-bucket";
import type { Caller } from "./users/caller";
import { checkUser, scopeOf } from "./users/ownership";

/** Levels of objects and arrays in a body; far deeper ones overflow the stack when written. */
const maxNesting = 100;

/**
 * How often S3 is asked to store a result: twice as often as for an image, which takes two calls. If
 * all answers are lost, the client is told of a failure although the result is there, and Object Lock
 * keeps it from being taken back.
 */
const s3Attempts = 4;

/**
 * POST /process: merges posted fields over the record of that id and stores the result. For a user,
 * there are no records but those whose attribute `userId` names the user.
 */
export function createHandler(settings: NodeJS.ProcessEnv): ApiHandler {
  const client = createTypedDynamoDb();
  // Numbers of a record keep their digits: DynamoDB holds 38, JavaScript 15.
  const dynamoDb = createDynamoDb(client, (text) => JSON.rawJSON(text));
  const deps: ProcessDataDeps = {
    dynamoDb,
    recordsTable: setting(settings, "RECORDS_TABLE"),
    bucket: new ResultsBucket(
      createS3({ attempts: s3Attempts }),
      setting(settings, "RESULTS_BUCKET"),
    ),
    results: new Results(dynamoDb, setting(settings, "RESULTS_TABLE")),
    cdnUrl: setting(settings, "CDN_URL"),
  };
  const business = createBusinessCounts(settings);
  const operation = repeatable(new Idempotency(client, setting(settings, "IDEMPOTENCY_TABLE")), {
    name: "process-data",
    // Version 7 identifiers sort by time, and so do the results in a listing.
    newId: uuidV7,
    parse,
    act: async (input: ProcessDataInput, resultId) => {
      const output = await processData(input, resultId, deps);
      if (output.isNew) {
        business.add({ ResultsStored: 1, RecordsMerged: output.isMerged ? 1 : 0 });
      }
      return output;
    },
    respond: ({ s3Key, url, processedData }) =>
      jsonResponse(200, { message: "The data was processed.", s3Key, url, processedData }),
  });
  return createApiHandler(new Logger(), settings, operation);
}

function parse(event: APIGatewayProxyEvent, { caller }: Invocation): ProcessDataInput {
  readQuery(event, NoQuery);
  if (readBytes(event).length > maxDocumentBytes) {
    throw new TooLargeError("request", maxDocumentBytes);
  }
  const posted = readJson(event, parseExactly);
  const { id } = validate(ProcessBody, posted);
  if (isNestedDeeperThan(maxNesting, posted)) {
    throw new InvalidRequestError([
      { field: "body", problem: `must not be nested more than ${maxNesting} levels deep` },
    ]);
  }
  checkOwner(caller, posted as Record<string, unknown>);
  const userId = scopeOf(caller);
  // Not what the schema returns: it leaves out a member that is called "__proto__".
  return { id, posted: posted as object, ...(userId !== undefined && { userId }) };
}

/** Whoever reads a result may go by the user whom it names, in whichever spelling. */
function checkOwner(caller: Caller, posted: Readonly<Record<string, unknown>>): void {
  for (const field of bothSpellings(["userId"])) {
    if (Object.hasOwn(posted, field)) {
      checkUser(caller, posted[field], field);
    }
  }
}
