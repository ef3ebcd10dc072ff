import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
} from "@aws-sdk/client-s3";
import type { Credentials } from "../../../aws/iam/types";
import { account, errorOf, refused, startS3 } from "./fixture";
import type { Fixture } from "./fixture";

const Bucket = "forms";

type Fields = Record<string, string>;

/** Signs a policy as the documentation says, independently of the code under test. */
function signedFields(
  credentials: Credentials,
  conditions: unknown[],
  options: { expiresInMs?: number } = {},
): Fields {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const scope = `${date.slice(0, 8)}/${account.region}/s3/aws4_request`;
  const signing: Fields = {
    "x-amz-algorithm": "AWS4-HMAC-SHA256",
    "x-amz-credential": `${credentials.accessKeyId}/${scope}`,
    "x-amz-date": date,
    ...(credentials.sessionToken && { "x-amz-security-token": credentials.sessionToken }),
  };
  const document = {
    expiration: new Date(Date.now() + (options.expiresInMs ?? 60_000)).toISOString(),
    conditions: [
      { bucket: Bucket },
      ...conditions,
      ...Object.entries(signing).map(([name, value]) => ({ [name]: value })),
    ],
  };
  const policy = Buffer.from(JSON.stringify(document)).toString("base64");
  const hmac = (key: string | Buffer, text: string) =>
    createHmac("sha256", key).update(text).digest();
  const key = scope
    .split("/")
    .reduce<string | Buffer>(
      (previous, part) => hmac(previous, part),
      `AWS4${credentials.secretAccessKey}`,
    );
  return { ...signing, policy, "x-amz-signature": hmac(key, policy).toString("hex") };
}

const eachOf = (fields: Fields) =>
  Object.entries(fields).map(([name, value]) => ({ [name]: value }));

describe("S3 form uploads", () => {
  let fixture: Fixture;

  before(async () => {
    fixture = await startS3({ maxObjectBytes: 1000 });
    await fixture.client.send(new CreateBucketCommand({ Bucket }));
  });
  after(async () => {
    await fixture.close();
  });

  const post = async (fields: Fields, file: string | undefined = "content") => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) {
      form.append(name, value);
    }
    form.append("file", new Blob([file]), "photo.jpg");
    return await fetch(`${fixture.s3.url}/${Bucket}`, {
      method: "POST",
      body: form,
      redirect: "manual",
    });
  };
  const sign = (conditions: unknown[], options = {}) =>
    signedFields(fixture.iam.administrator, conditions, options);
  const read = (Key: string) => fixture.client.send(new GetObjectCommand({ Bucket, Key }));

  for (const behind of ["key", "policy", "x-amz-signature", "Content-Type", "all"]) {
    it(`do without what comes behind the file: ${behind}`, async () => {
      const fields: Fields = {
        key: "up/behind",
        "Content-Type": "image/jpeg",
        ...sign([{ key: "up/behind" }, { "Content-Type": "image/jpeg" }]),
      };
      const isBehind = ([name]: [string, string]) => behind === "all" || name === behind;
      const form = new FormData();
      const append = ([name, value]: [string, string]) => {
        form.append(name, value);
      };
      const entries = Object.entries(fields);
      entries.filter((entry) => !isBehind(entry)).forEach(append);
      form.append("file", new Blob(["content"]), "photo.jpg");
      entries.filter(isBehind).forEach(append);
      const url = `${fixture.s3.url}/${Bucket}`;
      const { status } = await fetch(url, { method: "POST", body: form });
      const isArgument = ["key", "all", "x-amz-signature"].includes(behind);
      assert.equal(status, isArgument ? 400 : 403);
      await refused(read("up/behind"), "NoSuchKey");
    });
  }

  it("store what the policy allows", async () => {
    const reply = await post({
      key: "up/${filename}",
      "Content-Type": "image/jpeg",
      "x-amz-meta-by": "form",
      ...sign([
        ["starts-with", "$key", "up/"],
        { "Content-Type": "image/jpeg" },
        ["eq", "$x-amz-meta-by", "form"],
        ["content-length-range", 1, 100],
      ]),
    });
    assert.equal(reply.status, 204, await reply.text());
    assert.ok(reply.headers.get("etag"));
    const object = await read("up/photo.jpg");
    assert.equal(await object.Body?.transformToString(), "content");
    assert.equal(object.ContentType, "image/jpeg");
    assert.deepEqual(object.Metadata, { by: "form" });
  });

  it("answer as the form asks", async () => {
    const ask = (name: string, value: string) =>
      post({ key: "asked", [name]: value, ...sign([{ key: "asked" }, { [name]: value }]) });
    const created = await ask("success_action_status", "201");
    assert.equal(created.status, 201);
    assert.match(await created.text(), /<Key>asked<\/Key>/);
    const redirected = await ask("success_action_redirect", "https://example.com/done?a=1");
    assert.equal(redirected.status, 303);
    const location = redirected.headers.get("location") ?? "";
    assert.match(location, /^https:\/\/example\.com\/done\?a=1&bucket=forms&key=asked&etag=/);
  });

  it("are refused when they differ from the policy", async () => {
    const policy = () => sign([{ key: "exact" }, ["content-length-range", 5, 10]]);
    const code = async (fields: Fields, file?: string) => {
      const { status, code } = await errorOf(await post({ ...policy(), ...fields }, file));
      return `${status} ${code}`;
    };
    assert.equal(await code({ key: "other" }), "403 AccessDenied");
    assert.equal(await code({ key: "exact", "x-amz-meta-extra": "1" }), "403 AccessDenied");
    assert.equal(await code({ key: "exact" }, "four"), "400 EntityTooSmall");
    assert.equal(await code({ key: "exact" }, "eleven char"), "400 EntityTooLarge");
    assert.equal(await code({ key: "exact", "x-amz-signature": "0" }), "403 SignatureDoesNotMatch");
    const otherBucket = sign([{ key: "exact" }, { bucket: "another" }]);
    assert.equal(await code({ ...otherBucket, key: "exact" }), "403 AccessDenied");
    const expired = sign([{ key: "exact" }], { expiresInMs: -1000 });
    assert.equal(await code({ ...expired, key: "exact" }), "403 AccessDenied");
    assert.equal(await code({}), "400 InvalidArgument");
    await refused(read("exact"), "NoSuchKey");
  });

  it("carry only what headers can hold", async () => {
    for (const [name, value] of [
      ["Content-Disposition", "inline\r\nset-cookie: a=1"],
      ["x-amz-meta-ä", "x"],
    ] as const) {
      const fields = { key: "bad", [name]: value, ...sign([{ key: "bad" }, { [name]: value }]) };
      assert.deepEqual(await errorOf(await post(fields)), { status: 400, code: "InvalidArgument" });
    }
  });

  it("are refused without a policy and with a broken one", async () => {
    assert.equal((await errorOf(await post({ key: "k" }))).code, "AccessDenied");
    const unsigned = { key: "k", policy: Buffer.from("{}").toString("base64") };
    assert.equal((await errorOf(await post(unsigned))).code, "AccessDenied");
    const { "x-amz-signature": signature, ...others } = sign([{ key: "k" }]);
    assert.ok(signature);
    const reply = await post({ key: "k", ...others });
    assert.equal(reply.status, 400);
    assert.match(
      await reply.text(),
      /<Message>Bucket POST must contain a field named 'X-Amz-Signature'\. {2}If it is specified, please check the order of the fields\.<\/Message><ArgumentName>X-Amz-Signature</,
    );
  });

  for (const condition of [
    ["eq", "success_action_redirect", "http://localhost/random"],
    ["content-length-range", "test", "10"],
    ["starts-with", "$success_action_redirect", "http://localhost"],
  ]) {
    it(`say which condition failed: ${condition.join(" ")}`, async () => {
      const reply = await post({ key: "k", ...sign([{ key: "k" }, condition]) });
      assert.equal(reply.status, 403);
      const shown = condition.map((member) => `&quot;${member}&quot;`).join(", ");
      const message = `Invalid according to Policy: Policy Condition failed: [${shown}]`;
      assert.ok((await reply.text()).includes(`<Message>${message}</Message>`));
    });
  }

  it("tell the checksum of what was stored", async () => {
    const { headers } = await post({ key: "summed", ...sign([{ key: "summed" }]) });
    const { ChecksumCRC64NVME } = await fixture.client.send(
      new HeadObjectCommand({ Bucket, Key: "summed", ChecksumMode: "ENABLED" }),
    );
    assert.ok(ChecksumCRC64NVME);
    assert.equal(headers.get("x-amz-checksum-crc64nvme"), ChecksumCRC64NVME);
    assert.equal(headers.get("x-amz-checksum-type"), "FULL_OBJECT");
  });

  it("leave a key as it is where the file has no name", async () => {
    const key = "named-${filename}";
    const form = new FormData();
    for (const [name, value] of Object.entries({ key, ...sign([{ key }]), file: "content" })) {
      form.append(name, value);
    }
    const { status } = await fetch(`${fixture.s3.url}/${Bucket}`, { method: "POST", body: form });
    assert.equal(status, 204);
    assert.equal(await (await read(key)).Body?.transformToString(), "content");
  });

  it("hold metadata that is never read as RFC 2047 writes it", async () => {
    const meta = { "x-amz-meta-b": "=?UTF-8?B?YWJj?=" };
    await post({ key: "words", ...meta, ...sign([{ key: "words" }, meta]) });
    assert.deepEqual((await read("words")).Metadata, { b: "=?UTF-8?B?YWJj?=" });
  });

  it("hold any characters, of which headers of objects have what ISO-8859-1 has", async () => {
    const fields = {
      ...{ "x-amz-meta-q": "ÄMÄZÕÑ S3_—", "x-amz-meta-b": "\0\u0001", "Cache-Control": "é_—_é" },
    };
    await post({ key: "any", ...fields, ...sign([{ key: "any" }, ...eachOf(fields)]) });
    const { Metadata, CacheControl } = await read("any");
    const q = "=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3=5F=E2=80=94?=";
    assert.deepEqual([Metadata, CacheControl], [{ q, b: "=?UTF-8?B?AAE=?=" }, "é_ _é"]);
  });

  it("hold tags as XML, and none in a document of another kind", async () => {
    const tagsOf = async (tagging: string) => {
      const { status } = await post({ key: "t", tagging, ...sign([{ key: "t" }, { tagging }]) });
      return status === 204 ? (await read("t")).TagCount : status;
    };
    const tags = "<TagSet><Tag><Key>a</Key><Value>1</Value></Tag></TagSet>";
    assert.equal(await tagsOf(`<Tagging>${tags}</Tagging>`), 1);
    assert.equal(await tagsOf(`<Other>${tags}</Other>`), undefined);
    assert.equal(await tagsOf("none"), 400);
  });

  it("have policies whose simple conditions are of one field each", async () => {
    const reply = await post({ key: "two", ...sign([{ key: "two", acl: "private" }]) });
    const text = await reply.text();
    assert.equal(reply.status, 400);
    assert.match(text, /<Code>InvalidPolicyDocument<.*have exactly one property specified\./);
  });

  it("carry the rights of the role that signed them, and no more", async () => {
    const credentials = fixture.roleWith({
      Effect: "Allow",
      Action: "s3:PutObject",
      Resource: `arn:aws:s3:::${Bucket}/mine/*`,
    });
    const send = async (key: string) =>
      (await post({ key, ...signedFields(credentials, [{ key }]) })).status;
    assert.equal(await send("mine/a"), 204);
    assert.equal(await send("theirs/a"), 403);
  });

  it("never keep a part of a broken form", async () => {
    const fields = sign([{ key: "broken" }]);
    const boundary = "xyz";
    const parts = Object.entries({ key: "broken", ...fields }).map(
      ([name, value]) =>
        `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    const start = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="f"\r\n\r\nhalf of`;
    const send = (body: string, contentType: string) =>
      fetch(`${fixture.s3.url}/${Bucket}`, {
        method: "POST",
        body,
        headers: { "content-type": contentType },
      });
    const type = `multipart/form-data; boundary=${boundary}`;
    const truncated = await errorOf(await send(parts.join("") + start, type));
    assert.deepEqual(truncated, { status: 400, code: "MalformedPOSTRequest" });
    const noFile = await errorOf(await send(`${parts.join("")}--${boundary}--\r\n`, type));
    assert.deepEqual(noFile, { status: 400, code: "InvalidArgument" });
    const noBoundary = await errorOf(await send("x", "multipart/form-data"));
    assert.deepEqual(noBoundary, { status: 400, code: "MalformedPOSTRequest" });
    const noForm = await errorOf(await send("x", "text/plain"));
    assert.deepEqual(noForm, { status: 412, code: "PreconditionFailed" });
    await refused(read("broken"), "NoSuchKey");
    const listed = await fixture.client.send(new ListObjectsV2Command({ Bucket, Prefix: "brok" }));
    assert.equal(listed.KeyCount, 0);
  });
});
