import assert from "node:assert/strict";
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutBucketEncryptionCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { type Fixture, startS3 } from "./fixture";

const Bucket = "photos";
const keyId = "0d990263-018e-4e65-a703-eff731de951e";
const otherId = "134f2428-cec1-4b25-a1ae-9048164dba47";
const arn = `arn:aws:kms:us-east-1:123456789012:key/${keyId}`;
const md5OfX = '"9dd4e461268c8034f5c8564e155c67a6"';
const byKms = { ServerSideEncryption: "aws:kms" } as const;

describe("Encryption by keys of KMS", () => {
  let s3: Fixture;

  beforeEach(async () => {
    s3 = await startS3();
    await s3.client.send(new CreateBucketCommand({ Bucket }));
    s3.kms.createKey({ keyId });
  });

  afterEach(() => s3.close());

  const put = (input: Partial<PutObjectCommandInput> = {}, client = s3.client) =>
    client.send(new PutObjectCommand({ Bucket, Key: "k", Body: "x", ...input }));
  const get = (client = s3.client) => client.send(new GetObjectCommand({ Bucket, Key: "k" }));
  const setDefault = (KMSMasterKeyID?: string) =>
    s3.client.send(
      new PutBucketEncryptionCommand({
        Bucket,
        ServerSideEncryptionConfiguration: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID },
              BucketKeyEnabled: true,
            },
          ],
        },
      }),
    );
  const clientWith = (...kmsActions: string[]) =>
    s3.clientOf({
      credentials: s3.roleWith(
        { Effect: "Allow", Action: "s3:*", Resource: "*" },
        { Effect: "Allow", Action: ["kms:DescribeKey", ...kmsActions], Resource: arn },
      ),
    });

  for (const [what, SSEKMSKeyId] of [
    ["an id", keyId],
    ["an ARN", arn],
    ["an alias", "alias/photos"],
  ] as const) {
    it(`tells the ARN of a key that is named by ${what}`, async () => {
      s3.kms.createAlias("alias/photos", keyId);
      const replies = [
        await put({ ...byKms, SSEKMSKeyId }),
        await get(),
        await s3.client.send(new HeadObjectCommand({ Bucket, Key: "k" })),
      ];
      for (const reply of replies) {
        assert.equal(reply.ServerSideEncryption, "aws:kms");
        assert.equal(reply.SSEKMSKeyId, arn);
      }
    });
  }

  it("takes AWS's own key where none is named, for all buckets the same", async () => {
    const first = await put(byKms);
    assert.match(first.SSEKMSKeyId ?? "", /^arn:aws:kms:us-east-1:123456789012:key\/[\da-f-]{36}$/);
    assert.equal((await get()).SSEKMSKeyId, first.SSEKMSKeyId);
    await setDefault();
    const second = await put();
    assert.equal(second.ServerSideEncryption, "aws:kms");
    assert.equal(second.SSEKMSKeyId, first.SSEKMSKeyId);
  });

  it("takes the key of the bucket, which a write may leave aside", async () => {
    await setDefault(keyId);
    const byDefault = await put();
    assert.equal(byDefault.SSEKMSKeyId, arn);
    assert.equal(byDefault.BucketKeyEnabled, true);
    assert.equal((await put({ BucketKeyEnabled: false })).BucketKeyEnabled, undefined);
    const own = await put({ ServerSideEncryption: "AES256" });
    assert.equal(own.SSEKMSKeyId, undefined);
    assert.equal(own.BucketKeyEnabled, undefined);
  });

  it("lets an object be copied onto itself where that encrypts it anew", async () => {
    const copy = () =>
      s3.client.send(new CopyObjectCommand({ Bucket, Key: "k", CopySource: `${Bucket}/k` }));
    await put(byKms);
    assert.equal((await copy()).ServerSideEncryption, "AES256");
    await assert.rejects(copy(), { name: "InvalidRequest" });
    await setDefault(keyId);
    assert.equal((await copy()).SSEKMSKeyId, arn);
  });

  it("tells of the key in every step of a multipart upload, and of a copy", async () => {
    const Key = "m";
    const begun = await s3.client.send(
      new CreateMultipartUploadCommand({ Bucket, Key, ...byKms, SSEKMSKeyId: keyId }),
    );
    const { UploadId } = begun;
    const part = await s3.client.send(
      new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: "x" }),
    );
    const Parts = [{ PartNumber: 1, ETag: part.ETag }];
    const completed = await s3.client.send(
      new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }),
    );
    const copied = await s3.client.send(
      new CopyObjectCommand({
        Bucket,
        Key: "c",
        CopySource: `${Bucket}/m`,
        ...byKms,
        SSEKMSKeyId: arn,
      }),
    );
    for (const reply of [begun, part, completed, copied]) {
      assert.equal(reply.ServerSideEncryption, "aws:kms");
      assert.equal(reply.SSEKMSKeyId, arn);
    }
    assert.notEqual(part.ETag, md5OfX);
    assert.notEqual(copied.CopyObjectResult?.ETag, md5OfX);
  });

  it("has entity tags that are no MD5", async () => {
    assert.equal((await put()).ETag, md5OfX);
    const { ETag } = await put({ ...byKms, SSEKMSKeyId: keyId });
    assert.match(ETag ?? "", /^"[\da-f]{32}"$/);
    assert.notEqual(ETag, md5OfX);
    assert.equal((await get()).ETag, ETag);
  });

  const unknown: readonly [string, string, RegExp][] = [
    ["an id that can be none", "fake", /^Invalid keyId 'fake'$/],
    ["a key that there is not", otherId, /key\/134f2428-.* does not exist/],
    ["an ARN of a key that there is not", arn.replace(keyId, otherId), /does not exist/],
    ["a key of another region", arn.replace("us-east-1", "eu-west-1"), /^Invalid arn eu-west-1$/],
    ["an alias that there is not", "alias/none", /alias\/none' does not exist/],
  ];
  for (const [what, SSEKMSKeyId, message] of unknown) {
    it(`refuses ${what}`, async () => {
      const refusal = { name: "KMS.NotFoundException", message };
      await assert.rejects(put({ ...byKms, SSEKMSKeyId }), refusal);
      const upload = { Bucket, Key: "k", ...byKms, SSEKMSKeyId };
      await assert.rejects(s3.client.send(new CreateMultipartUploadCommand(upload)), refusal);
      await put();
      const copy = { ...upload, CopySource: `${Bucket}/k` };
      await assert.rejects(s3.client.send(new CopyObjectCommand(copy)), refusal);
    });
  }

  it("uses no key that is disabled or makes MACs", async () => {
    await put({ ...byKms, SSEKMSKeyId: keyId });
    s3.kms.updateKey({ keyId, enabled: false });
    await assert.rejects(get(), { name: "KMS.DisabledException", message: `${arn} is disabled.` });
    await assert.rejects(put({ ...byKms, SSEKMSKeyId: keyId }), { name: "KMS.DisabledException" });
    s3.kms.createKey({ keyId: otherId, keyUsage: "GENERATE_VERIFY_MAC", keySpec: "HMAC_256" });
    await assert.rejects(put({ ...byKms, SSEKMSKeyId: otherId }), {
      name: "KMS.InvalidKeyUsageException",
    });
  });

  it("lets those write that may generate data keys, and those read that may decrypt", async () => {
    const [writer, reader] = [clientWith("kms:GenerateDataKey"), clientWith("kms:Decrypt")];
    const key = { ...byKms, SSEKMSKeyId: keyId };
    await assert.rejects(put(key, reader), {
      name: "AccessDenied",
      message: /not authorized to perform: kms:GenerateDataKey on resource: .*0d990263/,
    });
    await put(key, writer);
    await assert.rejects(get(writer), { name: "AccessDenied", message: /kms:Decrypt/ });
    const copy = new CopyObjectCommand({ Bucket, Key: "c", CopySource: `${Bucket}/k` });
    await assert.rejects(writer.send(copy), { name: "AccessDenied", message: /kms:Decrypt/ });
    await get(reader);
    await writer.send(new HeadObjectCommand({ Bucket, Key: "k" }));
    await put(byKms, clientWith());
  });

  it("tells the key's policy what is encrypted, and through which service", async () => {
    const statement = (condition: Record<string, string>) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Principal: { AWS: "arn:aws:iam::123456789012:root" },
            Action: "kms:PutKeyPolicy",
            Resource: "*",
          },
          {
            Effect: "Allow",
            Principal: { AWS: "*" },
            Action: "kms:GenerateDataKey",
            Resource: "*",
            Condition: { StringEquals: condition },
          },
        ],
      });
    const via = { "kms:ViaService": "s3.us-east-1.amazonaws.com" };
    const key = { ...byKms, SSEKMSKeyId: keyId };
    const client = clientWith();
    const of = (object: string) => ({ ...via, "kms:EncryptionContext:aws:s3:arn": object });
    s3.kms.updateKey({ keyId, policy: statement(of("arn:aws:s3:::photos/k")) });
    await put(key, client);
    await assert.rejects(put({ ...key, BucketKeyEnabled: true }, client), { name: "AccessDenied" });
    s3.kms.updateKey({ keyId, policy: statement(of("arn:aws:s3:::photos")) });
    await put({ ...key, BucketKeyEnabled: true }, client);
  });
});
