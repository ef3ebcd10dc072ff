import type { OpenAPIV3 } from "openapi-types";
import { ResultsQuery } from "../../../handlers/http/schemas";
import {
  idempotencyKey,
  ifAbsent,
  ifMatch,
  ifNoneMatch,
  ifOther,
  ifStill,
  queryParameters,
  recordIdParameter,
} from "../parameters";
import { jsonBody } from "../request-bodies";
import { emptyResponse, jsonResponse, repeatErrors, responses } from "../responses";
import type { Operation } from "../routes";
import { apiKeySecurity as security } from "./security";

const tags = ["Processing"];
const headers = ["ETag", "Cache-Control"] as const;

/** Operations on data. */
export const processingOperations = {
  "process-data": {
    operationId: "processData",
    tags,
    summary: "Merges the posted fields over the record of that id and stores the result",
    description:
      "The record stays as it is. The result is JSON in the results bucket, where it can be neither changed nor " +
      "deleted for resultsLockDays, and anybody who knows its url gets it from the CDN.",
    security,
    parameters: [idempotencyKey],
    requestBody: jsonBody("ProcessBody", "The fields, and the id of the record"),
    responses: responses(
      {
        200: jsonResponse(
          "The result, and where it is stored",
          "ProcessedData",
          "Idempotency-Replayed",
        ),
      },
      415,
      ...repeatErrors,
    ),
  },
  "list-results": {
    operationId: "listResults",
    tags,
    summary: "Lists the results for the id of a record, newest first",
    description:
      "A result is listed once POST /process has answered with it; of one user's, some milliseconds later. While " +
      "there is a nextCursor, it gets the next page, passed as cursor with the same id and userId.",
    security,
    parameters: queryParameters(ResultsQuery),
    responses: responses({
      200: jsonResponse("A page of the list", "ResultList", "Cache-Control"),
    }),
  },
  "put-record": {
    operationId: "putRecord",
    tags,
    summary: "Keeps a JSON object as the record of this id, in the place of any that there was",
    description:
      "POST /process merges what is posted over it. With If-Match nothing that another request has changed " +
      "meanwhile is overwritten, and with If-None-Match: * nothing at all. Numbers keep their digits, but not " +
      "how they are written: 1.50 becomes 1.5.",
    security,
    parameters: [recordIdParameter, ifMatch, ifAbsent],
    requestBody: jsonBody("RecordBody", "All of the record"),
    responses: responses(
      {
        200: jsonResponse("The record, which was another before", "StoredRecord", ...headers),
        201: jsonResponse("The record, which there was not before", "StoredRecord", ...headers),
      },
      404,
      409,
      412,
      415,
    ),
  },
  "get-record": {
    operationId: "getRecord",
    tags,
    summary: "Gets the record of this id",
    description:
      "The answer has an ETag, by which a change is noticed (If-None-Match) and made (If-Match).",
    security,
    parameters: [recordIdParameter, ifStill, ifNoneMatch],
    responses: responses(
      {
        200: jsonResponse("The record", "StoredRecord", ...headers),
        304: emptyResponse("The client has it already", ...headers),
      },
      404,
      412,
    ),
  },
  "delete-record": {
    operationId: "deleteRecord",
    tags,
    summary: "Removes the record of this id",
    description: "Results of it stay. Repeated, it answers the same.",
    security,
    parameters: [recordIdParameter, ifMatch, ifOther],
    responses: responses({ 204: emptyResponse("There is no such record any more") }, 404, 409, 412),
  },
} satisfies Partial<Record<Operation, OpenAPIV3.OperationObject>>;
