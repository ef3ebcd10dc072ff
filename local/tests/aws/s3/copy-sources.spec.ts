import {
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCopyCommand,
} from "@aws-sdk/client-s3";
import { account, refused, startS3 } from "./fixture";
import type { Fixture } from "./fixture";

const Bucket = "copy-sources";

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
    await fixture.client.send(new PutObjectCommand({ Bucket, Key: "source", Body: "x" }));
  });
  after(() => fixture.close());

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
  }
});
