import { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { v7 as uuidV7 } from "uuid";
import { createBusinessCounts } from "./aws/business-metrics";
import { createDynamoDb, createS3, createTypedDynamoDb } from "./aws/clients";
import { setting } from "./aws/settings";
import { type ApiHandler, createApiHandler, type Invocation } from "./http/api-handler";
import { Idempotency } from "./http/idempotency";
import { repeatable } from "./http/repeatable";
import { jsonResponse } from "./http/responses";
import { ProcessBody } from "./http/schemas";
import { readDocument } from "./records/document";
import { type ProcessDataInput, type ProcessDataDeps, processData } from "./records/process";
import { checkOwner } from "./records/record-owner";
import { Records } from "./records/records";
import { Results } from "./records/results";
import { ResultsBucket } from "./records/results-bucket";
import { scopeOf } from "./users/ownership";

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
  const deps: ProcessDataDeps = {
    records: new Records(client, setting(settings, "RECORDS_TABLE")),
    bucket: new ResultsBucket(
      createS3({ attempts: s3Attempts }),
      setting(settings, "RESULTS_BUCKET"),
    ),
    results: new Results(createDynamoDb(client), setting(settings, "RESULTS_TABLE")),
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
  const { stated, fields: posted } = readDocument(event, ProcessBody);
  checkOwner(caller, posted);
  const userId = scopeOf(caller);
  return { id: stated.id, posted, ...(userId !== undefined && { userId }) };
}
