import { strict as assert } from "node:assert";
import { GetObjectCommand, ListObjectVersionsCommand } from "@aws-sdk/client-s3";
import type { SignedRequest } from "../../local/aws/iam/types";
import { signRequest, type Signing } from "../../local/tests/aws/iam/sign-request";
import { presignForm, sendForm } from "../../local/tests/aws/s3/presigned-form";
import { useTarget } from "./support/target";

const anHourAgo = () => new Date(Date.now() - 3_600_000);

describe("direct access to S3", function () {
  this.timeout(60_000);
  const target = useTarget();
  let before: unknown;

  async function contents(): Promise<unknown> {
    const { stack } = target().run;
    const lists = [stack.outputs.imagesBucket, stack.outputs.resultsBucket].map((Bucket) =>
      stack.s3.send(new ListObjectVersionsCommand({ Bucket })),
    );
    return (await Promise.all(lists)).map(({ Versions, DeleteMarkers }) => [
      Versions,
      DeleteMarkers,
    ]);
  }

  beforeEach(async () => {
    before = await contents();
  });
  afterEach("nothing was changed", async () => {
    assert.deepEqual(await contents(), before);
  });

  /** A request for an image, signed with the credentials of get-image unless `change` says else. */
  function sign(change: Partial<Signing> = {}, base = target().s3Url): Promise<SignedRequest> {
    const { run, region, victims } = target();
    return signRequest({
      credentials: victims["get-image"].credentials,
      region,
      date: new Date(),
      path: `/${run.stack.outputs.imagesBucket}/images/seed`,
      ...change,
      headers: { host: new URL(base).host, ...change.headers },
    });
  }

  async function send(
    { method, url, headers }: Pick<SignedRequest, "method" | "url" | "headers">,
    base = target().s3Url,
  ): Promise<{ status: number; code: string; message: string }> {
    const response = await fetch(`${base}${url}`, {
      method,
      headers: headers as Record<string, string>,
    });
    const text = await response.text();
    const [, code = ""] = /<Code>(.*)<\/Code>/.exec(text) ?? [];
    const [, message = ""] = /<Message>(.*)<\/Message>/.exec(text) ?? [];
    return { status: response.status, code, message };
  }

  async function assertRefused(
    answer: ReturnType<typeof send>,
    code: string,
    status = 403,
  ): Promise<void> {
    const { status: answered, code: given, message } = await answer;
    assert.deepEqual([answered, given], [status, code], message);
  }

  it("is given to a function that may have it", async () => {
    assert.equal((await send(await sign())).status, 200);
    assert.equal((await send(await sign({ presign: 60 }))).status, 200);
  });

  for (const [method, path] of [
    ["GET", "/images/seed"],
    ["HEAD", "/images/seed"],
    ["PUT", "/images/evil"],
    ["DELETE", "/images/seed"],
    ["GET", "/?list-type=2"],
    ["GET", "/?policy"],
    ["DELETE", "/"],
  ] as const) {
    it(`is refused to ${method} ${path} without a signature`, async () => {
      const { imagesBucket, resultsBucket } = target().run.stack.outputs;
      for (const bucket of [imagesBucket, resultsBucket]) {
        const answer = send({ method, url: `/${bucket}${path}`, headers: {} });
        await assertRefused(answer, method === "HEAD" ? "" : "AccessDenied");
      }
    });
  }

  it("is refused by a signature that was tampered with, or that is another request's", async () => {
    const signed = await sign();
    const { imagesBucket, resultsBucket } = target().run.stack.outputs;
    const authorization = String(signed.headers.authorization);
    const last = authorization.endsWith("0") ? "1" : "0";
    const tampered = { ...signed.headers, authorization: `${authorization.slice(0, -1)}${last}` };
    for (const forged of [
      { ...signed, headers: tampered },
      { ...signed, method: "DELETE" },
      { ...signed, url: `/${imagesBucket}/other/seed` },
      { ...signed, url: `/${resultsBucket}/results/seed` },
      { ...signed, url: `${signed.url}?versionId=null` },
    ]) {
      await assertRefused(send(forged), "SignatureDoesNotMatch");
    }
    const presigned = await sign({ presign: 60 });
    for (const url of [
      presigned.url.replace("/images/seed", "/other/seed"),
      presigned.url.replace("X-Amz-Expires=60", "X-Amz-Expires=600000"),
      presigned.url.replace(/X-Amz-Signature=./, (start) =>
        start.endsWith("0") ? `${start.slice(0, -1)}1` : `${start.slice(0, -1)}0`,
      ),
    ]) {
      await assertRefused(send({ ...presigned, url }), "SignatureDoesNotMatch");
    }
    await assertRefused(send({ ...presigned, method: "DELETE" }), "SignatureDoesNotMatch");
  });

  it("is refused once a signature is too old", async () => {
    await assertRefused(send(await sign({ date: anHourAgo() })), "RequestTimeTooSkewed");
    await assertRefused(send(await sign({ date: anHourAgo(), presign: 60 })), "AccessDenied");
  });

  it("is refused by a signature for another region or service", async () => {
    const code = "AuthorizationHeaderMalformed";
    await assertRefused(send(await sign({ region: "eu-west-1" })), code, 400);
    await assertRefused(send(await sign({ service: "dynamodb" })), code, 400);
  });

  it("is refused without the session's token, or with another session's", async () => {
    const { victims } = target();
    const { sessionToken, ...keys } = victims["get-image"].credentials;
    assert.ok(sessionToken);
    const foreign = victims["upload-image"].credentials;
    await assertRefused(send(await sign({ credentials: keys })), "InvalidAccessKeyId");
    await assertRefused(
      send(await sign({ credentials: { ...keys, sessionToken: foreign.sessionToken ?? "" } })),
      "InvalidToken",
      400,
    );
    await assertRefused(
      send(await sign({ credentials: { ...foreign, secretAccessKey: keys.secretAccessKey } })),
      "SignatureDoesNotMatch",
    );
  });

  it("by a presigned URL has the rights of who signed it, and no more", async () => {
    const { run, victims } = target();
    const { imagesBucket, resultsBucket } = run.stack.outputs;
    for (const [name, method, path] of [
      ["get-image", "DELETE", `${imagesBucket}/images/seed`],
      ["get-image", "PUT", `${imagesBucket}/images/evil`],
      ["get-image", "GET", `${imagesBucket}/other/seed`],
      ["get-image", "GET", `${resultsBucket}/results/seed`],
      ["list-images", "PUT", `${imagesBucket}/images/evil`],
      ["upload-image", "DELETE", `${imagesBucket}/images/seed`],
      ["upload-image", "PUT", `${imagesBucket}/uploads/evil`],
      ["create-upload", "GET", `${imagesBucket}/uploads/evil`],
      ["create-upload", "PUT", `${imagesBucket}/images/evil`],
      ["delete-image", "GET", `${imagesBucket}/images/seed`],
      ["finalise-upload", "PUT", `${imagesBucket}/uploads/evil`],
      ["process-data", "GET", `${resultsBucket}/other/seed`],
      ["process-data", "PUT", `${resultsBucket}/images/evil`],
      ["process-data", "GET", `${imagesBucket}/images/seed`],
    ] as const) {
      const { credentials } = victims[name];
      const url = await sign({ credentials, method, path: `/${path}`, presign: 60 });
      await assertRefused(send(url), "AccessDenied");
    }
  });

  it("by a form has the rights of who signed it, until it expires, and over TLS alone", async () => {
    const { run, victims, s3Url, s3PlainUrl } = target();
    const { imagesBucket, resultsBucket } = run.stack.outputs;
    for (const [name, Bucket, Key, Expires, base] of [
      ["create-upload", imagesBucket, "images/evil", 60, s3Url],
      ["create-upload", resultsBucket, "uploads/evil", 60, s3Url],
      ["upload-image", imagesBucket, "uploads/evil", 60, s3Url],
      ["get-image", imagesBucket, "images/evil", 60, s3Url],
      ["create-upload", imagesBucket, "uploads/evil", -60, s3Url],
      ["create-upload", imagesBucket, "uploads/evil", 60, s3PlainUrl],
    ] as const) {
      const form = await presignForm(victims[name].clients.s3, { Bucket, Key, Expires });
      const response = await sendForm({ ...form, url: `${base}/${Bucket}` }, new Blob(["evil"]));
      assert.equal(response.status, 403, `${name} ${Key}`);
      assert.match(await response.text(), /<Code>AccessDenied<\/Code>/);
    }
  });

  it("over plain HTTP is refused to everybody, the administrator included", async () => {
    const { run, victims, s3PlainUrl } = target();
    for (const credentials of [victims["get-image"].credentials, run.cloud.iam.administrator]) {
      for (const presign of [undefined, 60]) {
        const answer = await send(await sign({ credentials, presign }, s3PlainUrl), s3PlainUrl);
        assert.deepEqual([answer.status, answer.code], [403, "AccessDenied"]);
        assert.match(answer.message, /with an explicit deny in a resource-based policy$/);
      }
    }
  });

  it("finds no object that is not there: who may not list is not told", async () => {
    const { run, victims } = target();
    const Bucket = run.stack.outputs.imagesBucket;
    await assert.rejects(
      victims["get-image"].clients.s3.send(new GetObjectCommand({ Bucket, Key: "images/none" })),
      { name: "AccessDenied", message: /s3:ListBucket on resource: "arn:aws:s3:::[^/]*" because/ },
    );
    const { deployedName, roleName } = victims["get-image"];
    const line = `Refused: ${deployedName} by ${roleName}: s3:ListBucket on arn:aws:s3:::${Bucket}, asked for because there is no object images/none: no statement of its policies allows it`;
    assert.ok(run.lines.includes(line));
  });
});
