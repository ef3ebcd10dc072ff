import assert from "node:assert/strict";
import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import type { S3Client } from "@aws-sdk/client-s3";
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
});
