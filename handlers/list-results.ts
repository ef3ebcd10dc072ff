import { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { createDynamoDb } from "./aws/clients";
import { setting } from "./aws/settings";
import { type ApiHandler, createApiHandler, type Invocation } from "./http/api-handler";
import { decodeCursor, encodeCursor, type List } from "./http/cursor";
import { pageSizeOf, readPage } from "./http/page";
import { singleParameters, validate } from "./http/request";
import { jsonResponse } from "./http/responses";
import { ResultsQuery } from "./http/schemas";
import { Results } from "./records/results";
import type { ResultDescription } from "./records/results-table";
import { nameOfUser } from "./users/owned-input";
import { resolveList } from "./users/ownership";

/** Which results are asked for. */
export interface ListResultsInput extends List {
  recordId: string;
  /** How many at most, 1–100. */
  limit: number;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
}

/** What listing results needs. */
export interface ListResultsDeps {
  results: Results;
  /** Of the distribution in front of the results bucket, without a slash at the end. */
  cdnUrl: string;
}

/** A result, and where the CDN serves it. */
export type ListedResult = ResultDescription & { url: string };

/** One page of a list. */
export interface ListResultsOutput {
  results: ListedResult[];
  /** Where the next page starts; set exactly when there is one. */
  nextCursor?: string;
}

/** GET and HEAD /results: results of POST /process for the id of a record, newest first. */
export function createHandler(settings: NodeJS.ProcessEnv): ApiHandler {
  const deps: ListResultsDeps = {
    results: new Results(createDynamoDb(), setting(settings, "RESULTS_TABLE")),
    cdnUrl: setting(settings, "CDN_URL"),
  };
  return createApiHandler(new Logger(), settings, {
    parse,
    act: (input) => listResults(input, deps),
    respond: (output) => jsonResponse(200, output, { "Cache-Control": "private, no-store" }),
  });
}

/** @throws ApiError 400 when the request breaks the contract, 403 `NotYourUser`. */
function parse(event: APIGatewayProxyEvent, { caller }: Invocation): ListResultsInput {
  const parameters = singleParameters(event);
  const { id, userId, limit, cursor } = validate(ResultsQuery, parameters);
  return {
    recordId: id,
    userId: resolveList(caller, userId, nameOfUser(ResultsQuery, parameters)),
    limit: pageSizeOf(limit),
    cursor,
  };
}

/**
 * One page.
 *
 * @throws ApiError 400 `InvalidCursor`.
 */
export async function listResults(
  input: ListResultsInput,
  { results, cdnUrl }: ListResultsDeps,
): Promise<ListResultsOutput> {
  const { recordId, userId, limit, cursor } = input;
  const after = cursor === undefined ? undefined : decodeCursor(input, cursor);
  // One more than asked for: only a result that is there proves that there are more.
  const found = results.list(recordId, userId, after, limit + 1);
  const page = await readPage(found, limit, (result) => ({
    ...result,
    url: `${cdnUrl}/${result.s3Key}`,
  }));
  const { items, last, hasMore } = page;
  return {
    results: items,
    ...(last && hasMore && { nextCursor: encodeCursor(input, { ...last, id: last.resultId }) }),
  };
}
