import { S3Error } from "./errors";

/**
 * Query parameters that choose another operation than the plain one of the method. All that S3 has
 * are listed, so that one that is not emulated is never taken for a plain GET or PUT.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html
 */
const subresources: ReadonlySet<string> = new Set([
  "abac",
  "accelerate",
  "acl",
  "analytics",
  "annotation",
  "attributes",
  "cors",
  "delete",
  "encryption",
  "intelligent-tiering",
  "inventory",
  "legal-hold",
  "lifecycle",
  "location",
  "logging",
  "metadataAnnotationTable",
  "metadataConfiguration",
  "metadataInventoryTable",
  "metadataJournalTable",
  "metadataTable",
  "metrics",
  "notification",
  "object-lock",
  "ownershipControls",
  "policy",
  "policyStatus",
  "publicAccessBlock",
  "renameObject",
  "replication",
  "requestPayment",
  "restore",
  "retention",
  "select",
  "session",
  "tagging",
  "torrent",
  "uploadId",
  "uploads",
  "versioning",
  "versions",
  "website",
]);

/**
 * The one subresource that `query` names, if any.
 *
 * @throws S3Error `InvalidArgument` when there are several.
 */
export function readSubresource(query: URLSearchParams): string | undefined {
  const found = [...new Set(query.keys())].filter((name) => subresources.has(name));
  if (found.length > 1) {
    throw new S3Error(
      "InvalidArgument",
      `Conflicting query string parameters: ${found.join(", ")}`,
      400,
      { ArgumentName: "ResourceType", ArgumentValue: found.join(", ") },
    );
  }
  return found[0];
}
