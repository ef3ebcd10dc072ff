import { z } from "zod";

import { parseJson } from "../../../parse-json";
import type { FunctionResponse } from "../function-response";
import type { SourceRecord } from "./stream-source";

/**
 * What came of a batch: how many of its records are done with, from the first on; all of them, or none, where the
 * function does not tell.
 */
export interface BatchResult {
  done: number;
  /** Whether the function has said so itself. */
  isReported: boolean;
}

const report = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string().min(1) })).nullish(),
});

/**
 * Reads what a function has answered to a batch.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html
 *
 * @param reports whether it may say what it has failed on.
 */
export function resultOf(
  response: FunctionResponse,
  records: readonly SourceRecord[],
  reports: boolean,
): BatchResult {
  if (response.error !== undefined) {
    return { done: 0, isReported: false };
  }
  const answer = parseJson(response.payload);
  if (!reports || isEmpty(answer)) {
    return { done: records.length, isReported: false };
  }
  const { success, data } = report.safeParse(answer);
  if (!success) {
    return { done: 0, isReported: false };
  }
  const failed = (data.batchItemFailures ?? []).map(({ itemIdentifier }) =>
    records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === itemIdentifier),
  );
  if (failed.includes(-1)) {
    return { done: 0, isReported: false };
  }
  return { done: Math.min(records.length, ...failed), isReported: failed.length > 0 };
}

/** Nothing, an empty text or an empty list: no record has failed. */
function isEmpty(answer: unknown): boolean {
  return answer === null || answer === "" || (Array.isArray(answer) && answer.length === 0);
}
