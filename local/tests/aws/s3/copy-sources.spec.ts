import assert from "node:assert/strict";
import {
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { account, refused, startS3 } from "./fixture";
import type { Fixture } from "./fixture";

const Bucket = "copy-sources";
const versioned = "copy-sources-versioned";

/** Copies the source, or what `more` says. */
type Copy = (more: {
  CopySource?: string;
  ExpectedSourceBucketOwner?: string;
}) => Promise<{ CopySourceVersionId?: string | undefined }>;

describe("S3 sources of copies", () => {
  let fixture: Fixture;
  const CopySource = `${Bucket}/source`;

  before(async () => {
    fixture = await startS3();
    await fixture.client.send(new CreateBucketCommand({ Bucket }));
    await fixture.client.send(new CreateBucketCommand({ Bucket: versioned }));
    const VersioningConfiguration = { Status: "Enabled" } as const;
    await fixture.client.send(
      new PutBucketVersioningCommand({ Bucket: versioned, VersioningConfiguration }),
    );
    await put(Bucket);
  });
  after(() => fixture.close());

  const put = async (bucket: string) => {
    const command = new PutObjectCommand({ Bucket: bucket, Key: "source", Body: "x" });
    return (await fixture.client.send(command)).VersionId;
  };

  const copies: Record<string, Copy> = {
    CopyObject: (more) =>
      fixture.client.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource, ...more })),
    UploadPartCopy: async (more) => {
      const upload = { Bucket, Key: "parts" };
      const { UploadId } = await fixture.client.send(new CreateMultipartUploadCommand(upload));
      const part = { ...upload, UploadId, PartNumber: 1, CopySource };
      return await fixture.client.send(new UploadPartCopyCommand({ ...part, ...more }));
    },
  };

  for (const [name, copy] of Object.entries(copies)) {
    it(`are of the account that is expected, in ${name}`, async () => {
      await copy({ ExpectedSourceBucketOwner: account.accountId });
      const another = { ExpectedSourceBucketOwner: "999999999999" };
      await refused(copy(another), "AccessDenied", 403);
      const none = { ExpectedSourceBucketOwner: "abcd" };
      await refused(copy(none), "InvalidBucketOwnerAWSAccountID", 400);
    });

    it(`are told with the version that was copied, in ${name}`, async () => {
      assert.equal((await copy({})).CopySourceVersionId, undefined);
      const [older, newest] = [await put(versioned), await put(versioned)];
      const source = `${versioned}/source`;
      assert.equal((await copy({ CopySource: source })).CopySourceVersionId, newest);
      const named = { CopySource: `${source}?versionId=${older}` };
      assert.equal((await copy(named)).CopySourceVersionId, older);
    });
  }
});
