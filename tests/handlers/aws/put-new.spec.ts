import assert from "node:assert/strict";
import { PutObjectCommand, S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { mockClient } from "aws-sdk-client-mock";
import { putNew } from "../../../handlers/aws/put-new";

const input = { Bucket: "results", Key: "results/1.json", Body: "{}" };

describe("putNew", () => {
  const s3 = mockClient(S3Client);

  afterEach(() => {
    s3.reset();
  });

  after(() => {
    s3.restore();
  });

  const refusal = (name: string, httpStatusCode: number) =>
    new S3ServiceException({ name, $fault: "client", $metadata: { httpStatusCode } });
  const conflict = () => refusal("ConditionalRequestConflict", 409);
  const put = () => putNew(new S3Client({}), input);

  it("stores an object where there is none", async () => {
    s3.on(PutObjectCommand, { ...input, IfNoneMatch: "*" }).resolves({ ETag: '"1"' });
    assert.equal((await put())?.ETag, '"1"');
  });

  it("tells when there is one", async () => {
    s3.on(PutObjectCommand).rejects(refusal("PreconditionFailed", 412));
    assert.equal(await put(), undefined);
  });

  it("waits for what is under way, and goes by what has come of it", async () => {
    s3.on(PutObjectCommand).rejectsOnce(conflict()).resolvesOnce({ ETag: '"1"' });
    assert.equal((await put())?.ETag, '"1"');
    s3.reset();
    s3.on(PutObjectCommand)
      .rejectsOnce(conflict())
      .rejectsOnce(conflict())
      .rejectsOnce(refusal("PreconditionFailed", 412));
    assert.equal(await put(), undefined);
  });

  it("gives up on what does not come to an end", async () => {
    s3.on(PutObjectCommand).rejects(conflict());
    await assert.rejects(put(), { name: "ConditionalRequestConflict" });
    assert.equal(s3.calls().length, 4);
  });

  it("repeats nothing else", async () => {
    s3.on(PutObjectCommand).rejects(refusal("AccessDenied", 403));
    await assert.rejects(put(), { name: "AccessDenied" });
    assert.equal(s3.calls().length, 1);
  });
});
