import assert from "node:assert/strict";
import { ListObjectVersionsCommand, S3Client } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { ImagesBucket } from "../../../handlers/images/images-bucket";

describe("ImagesBucket.versions", () => {
  const Bucket = "images-bucket";
  const Prefix = "images/0123/id";
  const version = (VersionId: string) => ({ Key: `${Prefix}.png`, VersionId });

  it("gives versions and delete markers of all pages", async () => {
    const s3 = mockClient(S3Client);
    const second = { NextKeyMarker: `${Prefix}.png`, NextVersionIdMarker: "b" };
    const third = { NextKeyMarker: `${Prefix}.png`, NextVersionIdMarker: "c" };
    s3.on(ListObjectVersionsCommand)
      .resolvesOnce({
        Versions: [version("a")],
        DeleteMarkers: [version("b")],
        IsTruncated: true,
        ...second,
      })
      .resolvesOnce({ IsTruncated: true, ...third })
      .resolvesOnce({ Versions: [version("d")], IsTruncated: false });
    try {
      const pages: string[][] = [];
      for await (const page of new ImagesBucket(new S3Client({}), Bucket).versions(Prefix)) {
        pages.push(page.map(({ versionId }) => versionId));
      }
      assert.deepEqual(pages, [["a", "b"], ["d"]]);
      assert.deepEqual(
        s3.commandCalls(ListObjectVersionsCommand).map((call) => call.args[0].input),
        [
          { Bucket, Prefix },
          { Bucket, Prefix, KeyMarker: `${Prefix}.png`, VersionIdMarker: "b" },
          { Bucket, Prefix, KeyMarker: `${Prefix}.png`, VersionIdMarker: "c" },
        ],
      );
    } finally {
      s3.restore();
    }
  });
});
