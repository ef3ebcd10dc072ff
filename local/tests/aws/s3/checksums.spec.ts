import assert from "node:assert/strict";
import {
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import type { CreateMultipartUploadCommandInput, S3Client } from "@aws-sdk/client-s3";
import { signRequest } from "../iam/sign-request";
import { account, startS3 } from "./fixture";
import type { Fixture } from "./fixture";

const Bucket = "checksums";

describe("S3 checksums", () => {
  let fixture: Fixture;
  let client: S3Client;

  before(async () => {
    fixture = await startS3();
    client = fixture.client;
    await client.send(new CreateBucketCommand({ Bucket }));
  });
  after(() => fixture.close());

  /** The status, the code and the message of the answer to a request that no SDK sends. */
  const send = async (
    method: string,
    key: string,
    { query = {}, headers = {}, body = "test" }: Partial<Parameters<typeof signRequest>[0]>,
  ) => {
    const request = await signRequest({
      credentials: fixture.iam.administrator,
      region: account.region,
      date: new Date(),
      method,
      path: `/${Bucket}${key}`,
      query,
      headers: { host: new URL(fixture.s3.url).host, ...headers },
      body,
    });
    const response = await fetch(`${fixture.s3.url}${request.url}`, {
      method,
      headers: request.headers as Record<string, string>,
      body,
    });
    const text = await response.text();
    const [, code, message] = /<Code>(.+)<\/Code><Message>(.+)<\/Message>/.exec(text) ?? [];
    return { status: response.status, code, message };
  };
  const invalid = (message: string) => ({ status: 400, code: "InvalidRequest", message });

  describe("of which SDKs tell the algorithm", () => {
    const name = "x-amz-sdk-checksum-algorithm";
    const crc32 = { "x-amz-checksum-crc32": "2H9+DA==" };
    const sent: [string, string, Record<string, string>][] = [
      ["PUT", "/told", {}],
      ["POST", "", { delete: "" }],
      ["PUT", "", { tagging: "" }],
    ];

    for (const [method, key, query] of sent) {
      const call = `${method} ${key || Object.keys(query).join()}`;

      it(`are refused when they are of another: ${call}`, async () => {
        for (const more of [crc32, { "x-amz-trailer": "x-amz-checksum-crc32" }]) {
          const headers = { [name]: "SHA1", ...more };
          assert.deepEqual(
            await send(method, key, { query, headers }),
            invalid(`Value for ${name} header is invalid.`),
          );
        }
      });

      it(`are refused when they are missing: ${call}`, async () => {
        assert.deepEqual(
          await send(method, key, { query, headers: { [name]: "CRC32" } }),
          invalid(
            `${name} specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.`,
          ),
        );
      });
    }

    it("are taken when they are of the same, in whatever letters", async () => {
      for (const algorithm of ["CRC32", "crc32"]) {
        const { status } = await send("PUT", "/told", { headers: { [name]: algorithm, ...crc32 } });
        assert.equal(status, 200);
      }
      const ChecksumSHA256 = "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=";
      await client.send(new PutObjectCommand({ Bucket, Key: "k", Body: "test", ChecksumSHA256 }));
    });
  });

  describe("of parts", () => {
    const Key = "parts";
    const partOf = async (more: Partial<CreateMultipartUploadCommandInput>, headers = {}) => {
      const create = new CreateMultipartUploadCommand({ Bucket, Key, ...more });
      const { UploadId = "" } = await client.send(create);
      const query = { uploadId: UploadId, partNumber: "1" };
      return await send("PUT", `/${Key}`, { query, headers });
    };

    for (const ChecksumAlgorithm of ["SHA256", "CRC32"] as const) {
      it(`are needed for one of the whole that is made of them, as ${ChecksumAlgorithm}`, async () => {
        const expected = `Checksum Type mismatch occurred, expected checksum Type: ${ChecksumAlgorithm.toLowerCase()}, actual checksum Type:`;
        const composite = { ChecksumAlgorithm, ChecksumType: "COMPOSITE" } as const;
        assert.deepEqual(await partOf(composite), invalid(`${expected} null`));
        const another = { "x-amz-checksum-sha1": "qUqP5cyxm6YcTAhz05Hph5gvu9M=" };
        assert.deepEqual(await partOf(composite, another), invalid(`${expected} sha1`));
      });
    }

    it("are not needed for one that is computed of all bytes", async () => {
      for (const more of [
        {},
        { ChecksumAlgorithm: "CRC64NVME" },
        { ChecksumAlgorithm: "CRC32", ChecksumType: "FULL_OBJECT" },
      ] as const) {
        assert.equal((await partOf(more)).status, 200);
      }
    });
  });

  it("are of the type that the upload was begun with", async () => {
    const Key = "typed";
    const type = "x-amz-checksum-type";
    const nonsense = invalid(`Value for ${type} header is invalid.`);
    const algorithm = { "x-amz-checksum-algorithm": "CRC32" };
    const create = { query: { uploads: "" }, headers: { ...algorithm, [type]: "PARTS" }, body: "" };
    assert.deepEqual(await send("POST", `/${Key}`, create), nonsense);
    const alone = { ...create, headers: { [type]: "FULL_OBJECT" } };
    assert.deepEqual(
      await send("POST", `/${Key}`, alone),
      invalid(`The ${type} header can only be used with the x-amz-checksum-algorithm header.`),
    );
    for (const [ChecksumType, another] of [
      ["FULL_OBJECT", "COMPOSITE"],
      ["COMPOSITE", "FULL_OBJECT"],
    ] as const) {
      const typed = { Bucket, Key, ChecksumAlgorithm: "CRC32", ChecksumType } as const;
      const { UploadId = "" } = await client.send(new CreateMultipartUploadCommand(typed));
      const part = { Bucket, Key, UploadId, PartNumber: 1, Body: "test" };
      const { ETag, ChecksumCRC32 } = await client.send(new UploadPartCommand(part));
      const body = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${ETag}</ETag><ChecksumCRC32>${ChecksumCRC32}</ChecksumCRC32></Part></CompleteMultipartUpload>`;
      const complete = (value: string) =>
        send("POST", `/${Key}`, {
          query: { uploadId: UploadId },
          headers: { [type]: value },
          body,
        });
      assert.deepEqual(await complete("PARTS"), nonsense);
      assert.deepEqual(
        await complete(another),
        invalid(
          `The upload was created using the ${ChecksumType} checksum mode. The complete request must use the same checksum mode.`,
        ),
      );
      assert.equal((await complete(ChecksumType)).status, 200);
    }
  });
});
