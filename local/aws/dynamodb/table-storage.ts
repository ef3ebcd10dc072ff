import type { TableDefinition } from "./table-definition";

/**
 * What DescribeTable tells of how a table is stored, where that is not as by default.
 *
 * @param managedKeyArn ARN of the key that AWS makes for DynamoDB.
 */
export function storageOf(
  { Encryption, TableClass = "STANDARD" }: TableDefinition,
  managedKeyArn: () => string | undefined,
): object {
  return {
    ...(Encryption && {
      SSEDescription: {
        Status: "ENABLED",
        SSEType: "KMS",
        KMSMasterKeyArn: Encryption.keyArn ?? managedKeyArn(),
      },
    }),
    ...(TableClass !== "STANDARD" && { TableClassSummary: { TableClass } }),
  };
}
