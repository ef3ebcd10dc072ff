import type * as pulumi from "@pulumi/pulumi";
import { type Duty, duty, namedBucket } from "../functions/duty";
import type { Operation } from "../openapi/routes";
import {
  deleteRecordStatements,
  getRecordStatements,
  listResultsStatements,
  processDataStatements,
  putRecordStatements,
} from "../policies/process-statements";
import type { StoredData } from "../references";

/** What operations on data work with. */
export interface ProcessingArgs {
  storage: StoredData;
  /** Where results are served, without a slash at the end. */
  cdnUrl: pulumi.Input<string>;
}

/** The duties of operations on records and results, by operation. */
export function processingDuties({ storage, cdnUrl }: ProcessingArgs) {
  const { recordsTable, resultsTable, idempotencyTable } = storage;
  const resultsBucket = namedBucket(storage.results.bucket);
  const urls = { CDN_URL: cdnUrl };
  return {
    "process-data": duty(
      { recordsTable, resultsBucket, resultsTable, idempotencyTable },
      processDataStatements,
      urls,
    ),
    "list-results": duty({ resultsTable }, listResultsStatements, urls),
    "put-record": duty({ recordsTable }, putRecordStatements),
    "get-record": duty({ recordsTable }, getRecordStatements),
    "delete-record": duty({ recordsTable }, deleteRecordStatements),
  } satisfies Partial<Record<Operation, Duty>>;
}
