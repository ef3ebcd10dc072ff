import assert from "node:assert/strict";
import { mock } from "node:test";
import { GetObjectCommand, HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { PresignedUrls } from "../../../handlers/aws/presigned-urls";

describe("PresignedUrls", () => {
  const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
  const session = { ...credentials, sessionToken: "a/b+c==&d" };
  const clients = {
    "of AWS": new S3Client({ region: "us-east-1", credentials }),
    "of another region and partition": new S3Client({ region: "cn-north-1", credentials }),
    "with a session's credentials": new S3Client({ region: "eu-west-1", credentials: session }),
    "at an endpoint": new S3Client({
      region: "us-east-1",
      credentials,
      endpoint: "http://127.0.0.1:4566",
    }),
    "at an endpoint with a path": new S3Client({
      region: "us-east-1",
      credentials,
      endpoint: "https://example.com/s3",
      forcePathStyle: true,
    }),
  };
  const keys = [
    "images/7d5a4a3c.jpg",
    "images/Ada Lovelace/7d5a4a3c.jpg",
    "images/a+b%20c&d=e?f#g/!'()*~/ü/𝕏.png",
    "images//a/./b",
  ];

  afterEach(() => {
    mock.timers.reset();
  });

  for (const [what, client] of Object.entries(clients)) {
    it(`makes the URLs that the SDK makes: ${what}`, async () => {
      for (const [hour, first] of keys.entries()) {
        const urls = new PresignedUrls(client, "images-bucket");
        mock.timers.reset();
        mock.timers.enable({ apis: ["Date"], now: Date.UTC(2026, 10, 29, 21 + hour, 1, 2) });
        for (const key of [first, ...keys]) {
          const object = { Bucket: "images-bucket", Key: key };
          assert.equal(
            await urls.sign(key, 3600),
            await getSignedUrl(client, new GetObjectCommand(object), { expiresIn: 3600 }),
          );
          assert.equal(
            await urls.sign(key, 60, "HEAD"),
            await getSignedUrl(client, new HeadObjectCommand(object), { expiresIn: 60 }),
          );
        }
      }
    });
  }

  it("signs by the credentials of the moment", async () => {
    let given = credentials;
    const client = new S3Client({
      region: "us-east-1",
      credentials: () => Promise.resolve({ ...given, expiration: new Date(0) }),
    });
    const urls = new PresignedUrls(client, "images-bucket");
    await urls.sign("a", 60);
    given = { accessKeyId: "AKIDOTHER", secretAccessKey: "other" };
    assert.match(await urls.sign("a", 60), /X-Amz-Credential=AKIDOTHER%2F/);
  });
});
