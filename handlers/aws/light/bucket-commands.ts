import type {
  DeleteObjectsCommandInput,
  DeleteObjectsCommandOutput,
  ListObjectVersionsCommandInput,
  ListObjectVersionsCommandOutput,
} from "@aws-sdk/client-s3";
import { checksumHeader, checksumOf } from "./checksums";
import { queryOf, S3Command, type S3Request, type S3Response } from "./s3-command";
import { childrenOf, escapeXml, readXml, textOf, type XmlElement } from "./xml";

const namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html */
export class ListObjectVersionsCommand extends S3Command<
  ListObjectVersionsCommandInput,
  ListObjectVersionsCommandOutput
> {
  protected readonly members = ["Bucket", "Prefix", "KeyMarker", "VersionIdMarker"] as const;

  protected requestOf({
    Bucket,
    Prefix,
    KeyMarker,
    VersionIdMarker,
  }: ListObjectVersionsCommandInput): S3Request {
    return {
      method: "GET",
      bucket: Bucket,
      query: queryOf({
        versions: "",
        prefix: Prefix,
        "key-marker": KeyMarker,
        "version-id-marker": VersionIdMarker,
      }),
      headers: {},
    };
  }

  read({ text }: S3Response): ListObjectVersionsCommandOutput {
    const { element } = readXml(text);
    return {
      Versions: childrenOf(element, "Version").map(versionOf),
      DeleteMarkers: childrenOf(element, "DeleteMarker").map(versionOf),
      IsTruncated: textOf(element, "IsTruncated") === "true",
      NextKeyMarker: textOf(element, "NextKeyMarker"),
      NextVersionIdMarker: textOf(element, "NextVersionIdMarker"),
      $metadata: {},
    };
  }
}

function versionOf(element: XmlElement) {
  return {
    Key: textOf(element, "Key"),
    VersionId: textOf(element, "VersionId"),
    IsLatest: textOf(element, "IsLatest") === "true",
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export class DeleteObjectsCommand extends S3Command<
  DeleteObjectsCommandInput,
  DeleteObjectsCommandOutput
> {
  protected readonly members = ["Bucket", "Delete"] as const;

  protected requestOf(input: DeleteObjectsCommandInput): S3Request {
    const body = deletionOf(input);
    return {
      method: "POST",
      bucket: input.Bucket,
      query: { delete: "" },
      headers: {
        "content-type": "application/xml",
        "x-amz-sdk-checksum-algorithm": "CRC32",
        [checksumHeader]: checksumOf(body),
      },
      body,
    };
  }

  read({ text }: S3Response): DeleteObjectsCommandOutput {
    const errors = childrenOf(readXml(text).element, "Error").map((error) => ({
      Key: textOf(error, "Key"),
      VersionId: textOf(error, "VersionId"),
      Code: textOf(error, "Code"),
      Message: textOf(error, "Message"),
    }));
    return { ...(errors.length > 0 && { Errors: errors }), $metadata: {} };
  }
}

function deletionOf({ Delete }: DeleteObjectsCommandInput): string {
  const objects = (Delete?.Objects ?? []).map(
    ({ Key = "", VersionId }) =>
      `<Object><Key>${escapeXml(Key)}</Key>${versionElement(VersionId)}</Object>`,
  );
  const quiet = `<Quiet>${String(Delete?.Quiet ?? false)}</Quiet>`;
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<Delete xmlns="${namespace}">${objects.join("")}${quiet}</Delete>`
  );
}

function versionElement(versionId: string | undefined): string {
  return versionId === undefined ? "" : `<VersionId>${escapeXml(versionId)}</VersionId>`;
}
