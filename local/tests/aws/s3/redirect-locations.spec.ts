import assert from "node:assert/strict";
import {
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { errorOf, refused, startS3 } from "./fixture";
import type { Fixture } from "./fixture";
import { presignForm, sendForm } from "./presigned-form";

const Bucket = "redirects";
const code = "InvalidRedirectLocation";

describe("S3 website redirect locations", () => {
  let fixture: Fixture;

  before(async () => {
    fixture = await startS3();
    await fixture.client.send(new CreateBucketCommand({ Bucket }));
    await fixture.client.send(new PutObjectCommand({ Bucket, Key: "source", Body: "x" }));
  });
  after(() => fixture.close());

  const writes: Record<string, (WebsiteRedirectLocation: string) => Promise<unknown>> = {
    PutObject: (WebsiteRedirectLocation) =>
      fixture.client.send(
        new PutObjectCommand({ Bucket, Key: "to", Body: "x", WebsiteRedirectLocation }),
      ),
    CopyObject: (WebsiteRedirectLocation) => {
      const copy = { Bucket, Key: "to", CopySource: `${Bucket}/source`, WebsiteRedirectLocation };
      return fixture.client.send(new CopyObjectCommand(copy));
    },
    CreateMultipartUpload: (WebsiteRedirectLocation) =>
      fixture.client.send(
        new CreateMultipartUploadCommand({ Bucket, Key: "to", WebsiteRedirectLocation }),
      ),
  };

  for (const [name, write] of Object.entries(writes)) {
    it(`begin with a slash or a scheme, in ${name}`, async () => {
      for (const location of ["other", "ftp://example.com/", "http:/example.com"]) {
        const { message } = await refused(write(location), code, 400);
        assert.match(message, /must have a prefix of 'http:\/\/' or 'https:\/\/' or '\/'\.$/);
      }
      for (const location of ["/other", "http://example.com/", "https://example.com/"]) {
        await write(location);
      }
    });
  }

  it("begin with a slash or a scheme, in forms", async () => {
    const post = async (location: string) => {
      const Fields = { "x-amz-website-redirect-location": location };
      const form = await presignForm(fixture.client, { Bucket, Key: "form", Fields });
      return await sendForm(form, new Blob(["x"]));
    };
    assert.deepEqual(await errorOf(await post("other")), { status: 400, code });
    assert.equal((await post("/other")).status, 204);
    const head = await fixture.client.send(new HeadObjectCommand({ Bucket, Key: "form" }));
    assert.equal(head.WebsiteRedirectLocation, "/other");
  });
});
