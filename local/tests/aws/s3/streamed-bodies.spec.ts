import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { crc32 } from "node:zlib";
import { CreateBucketCommand, GetObjectCommand } from "@aws-sdk/client-s3";
import { SignatureV4 } from "@smithy/signature-v4";
import { Readable } from "node:stream";
import { AwsChunkedDecoder } from "../../../aws/s3/body/aws-chunked";
import { signRequest } from "../iam/sign-request";
import { account, errorOf, refused, startS3 } from "./fixture";
import type { Fixture } from "./fixture";

const Bucket = "streamed";

describe("AwsChunkedDecoder", () => {
  const framed =
    "4\r\nabcd\r\n3;chunk-signature=0f\r\n\r\n!\r\n0\r\nx-amz-checksum-crc32: AAAA\r\n\r\n";

  const decode = async (...pieces: string[]) => {
    const decoder = new AwsChunkedDecoder();
    const decoded: Buffer[] = [];
    for await (const chunk of Readable.from(pieces.map((piece) => Buffer.from(piece))).pipe(
      decoder,
    )) {
      decoded.push(chunk as Buffer);
    }
    return { text: Buffer.concat(decoded).toString(), trailers: [...decoder.trailers] };
  };

  it("removes the framing, wherever the network cuts", async () => {
    const expected = { text: "abcd\r\n!", trailers: [["x-amz-checksum-crc32", "AAAA"]] };
    assert.deepEqual(await decode(framed), expected);
    assert.deepEqual(await decode(...Array.from(framed)), expected);
  });

  it("takes the trailers of minio-go, which end in a bare line feed before a blank line", async () => {
    const data = "5\r\nhello\r\n0\r\n";
    const trailers = [["x-amz-checksum-crc32", "AAAA"]];
    const trailer = "x-amz-checksum-crc32:AAAA\n";
    const unsigned = `${data}${trailer}\r\n\r\n`;
    assert.deepEqual(await decode(unsigned), { text: "hello", trailers });
    assert.deepEqual(await decode(...Array.from(unsigned)), { text: "hello", trailers });
    const signature = ["x-amz-trailer-signature", "0f"];
    assert.deepEqual(await decode(`${data}${trailer}\r\n${signature.join(":")}\r\n\r\n`), {
      text: "hello",
      trailers: [...trailers, signature],
    });
    for (const more of ["\r\n", "more\r\n"]) {
      await assert.rejects(decode(unsigned + more), { code: "InvalidRequest" });
    }
    const blankAfterWhole = `${data}x-amz-checksum-crc32:AAAA\r\n\r\n\r\n`;
    await assert.rejects(decode(blankAfterWhole), { code: "InvalidRequest" });
  });

  it("refuses what is cut short or is no framing", async () => {
    await assert.rejects(decode("4\r\nab"), { code: "IncompleteBody" });
    await assert.rejects(decode("4\r\nabcd\r\n"), { code: "IncompleteBody" });
    await assert.rejects(decode("zz\r\nabcd\r\n0\r\n\r\n"), { code: "InvalidRequest" });
    await assert.rejects(decode("3\r\nabcd\r\n0\r\n\r\n"), { code: "InvalidRequest" });
    await assert.rejects(decode("0\r\n\r\nmore\r\n"), { code: "InvalidRequest" });
    await assert.rejects(decode("1".repeat(10_000)), { code: "InvalidRequest" });
  });
});

describe("S3 uploads in signed chunks", () => {
  let fixture: Fixture;

  before(async () => {
    fixture = await startS3();
    await fixture.client.send(new CreateBucketCommand({ Bucket }));
  });
  after(async () => {
    await fixture.close();
  });

  const hash = (data: string) => createHash("sha256").update(data).digest("hex");
  const hmac = (key: string | Buffer, text: string) =>
    createHmac("sha256", key).update(text).digest();

  /** Uploads `chunks`, signed as the documentation says; `tamper` then changes the body. */
  const upload = async (
    key: string,
    chunks: string[],
    tamper = (body: string) => body,
    encoding = "aws-chunked",
  ) => {
    const credentials = fixture.iam.administrator;
    const url = new URL(`${fixture.s3.url}/${Bucket}/${key}`);
    const length = chunks.join("").length;
    const signer = new SignatureV4({
      credentials,
      region: account.region,
      service: "s3",
      sha256: Sha256,
      uriEscapePath: false,
    });
    const signed = await signer.sign({
      method: "PUT",
      protocol: url.protocol,
      hostname: url.hostname,
      port: Number(url.port),
      path: url.pathname,
      headers: {
        host: url.host,
        "content-encoding": encoding,
        "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER",
        "x-amz-decoded-content-length": String(length),
        "x-amz-trailer": "x-amz-checksum-crc32",
      },
    });
    const headers = signed.headers;
    const date = headers["x-amz-date"] ?? "";
    const scope = `${date.slice(0, 8)}/${account.region}/s3/aws4_request`;
    const signingKey = scope
      .split("/")
      .reduce<string | Buffer>((k, part) => hmac(k, part), `AWS4${credentials.secretAccessKey}`);
    let previous = /Signature=([0-9a-f]+)/.exec(headers.authorization ?? "")?.[1] ?? "";
    const signNext = (kind: string, hashes: string[]) => {
      const text = [`AWS4-HMAC-SHA256-${kind}`, date, scope, previous, ...hashes].join("\n");
      previous = hmac(signingKey, text).toString("hex");
      return previous;
    };
    let body = "";
    for (const chunk of [...chunks, ""]) {
      const signature = signNext("PAYLOAD", [hash(""), hash(chunk)]);
      const end = chunk === "" ? "" : `${chunk}\r\n`;
      body += `${chunk.length.toString(16)};chunk-signature=${signature}\r\n${end}`;
    }
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(chunks.join("")));
    const trailer = `x-amz-checksum-crc32:${sum.toString("base64")}`;
    const trailerSignature = signNext("TRAILER", [hash(`${trailer}\n`)]);
    body += `${trailer}\r\nx-amz-trailer-signature:${trailerSignature}\r\n\r\n`;
    return await fetch(url, { method: "PUT", headers, body: tamper(body) });
  };

  const chunks = ["a".repeat(10_000), "b".repeat(10_000)];

  it("are stored when every signature holds", async () => {
    const reply = await upload("good", chunks);
    assert.equal(reply.status, 200, await reply.text());
    const object = await fixture.client.send(new GetObjectCommand({ Bucket, Key: "good" }));
    assert.equal(await object.Body?.transformToString(), chunks.join(""));
    assert.equal(object.ContentEncoding, undefined);
  });

  it("are stored when their trailer ends as that of minio-go", async () => {
    const asMinio = (body: string) => body.replace(/(crc32:.+)\r\n/, "$1\n\r\n");
    const reply = await upload("minio", chunks, asMinio);
    assert.equal(reply.status, 200, await reply.text());
  });

  it("leave an object the encodings that are its own", async () => {
    for (const [encoding, own] of [
      ["aws-chunked, gzip", "gzip"],
      ["deflate, gzip,aws-chunked", "deflate, gzip"],
      ["aws-chunked, AWS-chunked", undefined],
    ] as const) {
      await upload("encoded", chunks, undefined, encoding);
      const object = await fixture.client.send(new GetObjectCommand({ Bucket, Key: "encoded" }));
      assert.equal(object.ContentEncoding, own);
      await object.Body?.transformToByteArray();
    }
  });

  it("are refused when a trailer is not the one that was announced", async () => {
    const malformed = { status: 400, code: "MalformedTrailerError" };
    const crc32 = "x-amz-checksum-crc32:NhCmhg==\r\n";
    const sha1 = "x-amz-checksum-sha1:qvTGHdzF6KLavt4PO0gs2a6pQ00=\r\n";
    const send = async (announced: string | undefined, trailers: string) => {
      const { headers } = await signRequest({
        credentials: fixture.iam.administrator,
        region: account.region,
        date: new Date(),
        method: "PUT",
        path: `/${Bucket}/trailers`,
        headers: {
          host: new URL(fixture.s3.url).host,
          "content-encoding": "aws-chunked",
          "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
          "x-amz-decoded-content-length": "5",
          ...(announced !== undefined && { "x-amz-trailer": announced }),
        },
      });
      return await errorOf(
        await fetch(`${fixture.s3.url}/${Bucket}/trailers`, {
          method: "PUT",
          headers: headers as Record<string, string>,
          body: `5\r\nhello\r\n0\r\n${trailers}\r\n`,
        }),
      );
    };
    assert.deepEqual(await send(undefined, crc32), malformed);
    assert.deepEqual(await send("x-amz-checksum-crc32", ""), malformed);
    assert.deepEqual(await send("x-amz-checksum-crc32", sha1), malformed);
    assert.deepEqual(await send("x-amz-checksum-crc32", crc32 + sha1), malformed);
    assert.deepEqual(await send(undefined, ""), { status: 200, code: "" });
    assert.deepEqual(await send("X-Amz-Checksum-CRC32", crc32), { status: 200, code: "" });
  });

  it("are refused when a chunk, a trailer or a signature was changed", async () => {
    const changes: ((body: string) => string)[] = [
      (body) => body.replace("bbbb", "bbbc"),
      (body) => body.replace(/crc32:..../, "crc32:AAAA"),
      (body) => body.replace(/trailer-signature:..../, "trailer-signature:0000"),
      (body) => body.replace(/;chunk-signature=[0-9a-f]+/g, ""),
      (body) => body.replace(/x-amz-trailer-signature:[0-9a-f]+\r\n/, ""),
    ];
    for (const change of changes) {
      assert.deepEqual(await errorOf(await upload("bad", chunks, change)), {
        status: 403,
        code: "SignatureDoesNotMatch",
      });
    }
    const command = new GetObjectCommand({ Bucket, Key: "bad" });
    await refused(fixture.client.send(command), "NoSuchKey");
  });
});

/** SHA-256 as the signer wants it. */
class Sha256 {
  readonly #hash;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash =
      secret === undefined
        ? createHash("sha256")
        : createHmac("sha256", typeof secret === "string" ? secret : bytesOf(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(typeof data === "string" ? data : bytesOf(data));
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): void {
    throw new Error("is not called");
  }
}

function bytesOf(data: ArrayBuffer | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
