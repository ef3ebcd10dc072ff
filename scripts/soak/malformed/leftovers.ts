import { ListTablesCommand } from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Stack } from "../../../tests/e2e/support/stack";
import { resultVersions, rowsOf, versionsIn } from "../stock";

/** What the API has acknowledged to have made. */
export class Acknowledged {
  /** Of images and of uploads. */
  readonly ids = new Set<string>();
  readonly results = new Set<string>();
  /** Ids of records. */
  readonly records = new Set<string>();
  /** Answers that an `Idempotency-Key` may have stored. */
  keyed = 0;

  /** Takes note of the body of an answer with a status of success. */
  note({ imageId, uploadId, s3Key }: Record<string, unknown>, isKeyed: boolean): void {
    for (const id of [imageId, uploadId]) {
      if (typeof id === "string") {
        this.ids.add(id);
      }
    }
    if (typeof s3Key === "string") {
      this.results.add(s3Key);
    }
    this.keyed += isKeyed ? 1 : 0;
  }
}

/** What is stored. */
export interface Leftovers {
  /** How many object versions, delete markers and rows there are. */
  stored: number;
  /** Each object or row that belongs to no acknowledged request. */
  orphans: string[];
}

/** A claim and an answer. */
const rowsPerKey = 2;

/** Looks for objects and rows that refused requests have left behind. */
export async function findLeftovers(
  { outputs, s3, documents }: Stack,
  { ids, results, records, keyed }: Acknowledged,
): Promise<Leftovers> {
  const rowsIn = async (table: string) =>
    (await rowsOf(table, documents)) as Record<string, unknown>[];
  const images = await versionsIn(outputs.imagesBucket, s3);
  const resultObjects = await resultVersions(outputs.resultsBucket, s3);
  const rows = [...(await rowsIn(outputs.imagesTable)), ...(await rowsIn(outputs.tagsTable))];
  const kept = await rowsIn(outputs.recordsTable);
  const listed = await rowsIn(outputs.resultsTable);
  const answers = await rowsIn(await idempotencyTable(documents));
  return {
    stored: [images, resultObjects, rows, listed, kept, answers].flat().length,
    orphans: [
      ...images
        .filter(({ key }) => !ids.has(/\/([0-9a-f-]{36})(?:\.\w+)?$/.exec(key)?.[1] ?? ""))
        .map(({ key }) => `object ${key}`),
      ...resultObjects.filter(({ key }) => !results.has(key)).map(({ key }) => `object ${key}`),
      ...rows
        .filter(({ imageId }) => !ids.has(String(imageId)))
        .map(({ imageId }) => `row of image ${String(imageId)}`),
      ...listed
        .filter(({ s3Key }) => !results.has(String(s3Key)))
        .map(({ s3Key }) => `row of result ${String(s3Key)}`),
      ...kept.filter(({ id }) => !records.has(String(id))).map(({ id }) => `record ${String(id)}`),
      // Which of them belong to which request, nobody can tell.
      ...answers
        .slice(keyed * rowsPerKey)
        .map(({ id }) => `row of a repeated request ${String(id)}`),
    ],
  };
}

/** Only functions need its name, so that it is no output of the stack. */
async function idempotencyTable(client: DynamoDBDocumentClient): Promise<string> {
  const { TableNames = [] } = await client.send(new ListTablesCommand({}));
  const name = TableNames.find((candidate) => candidate.includes("-idempotency"));
  if (name === undefined) {
    throw new Error("There is no table of repeated requests.");
  }
  return name;
}
