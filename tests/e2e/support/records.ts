import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { Stack } from "./stack";

/** Puts a record, which POST /process merges posted fields over. */
export async function putRecord(
  { documents, outputs, made }: Stack,
  record: { id: string } & Record<string, unknown>,
): Promise<void> {
  made.records.add(record.id);
  await documents.send(new PutCommand({ TableName: outputs.recordsTable, Item: record }));
}
