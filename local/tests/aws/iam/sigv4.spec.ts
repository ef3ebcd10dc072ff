import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import type { IncomingMessage, OutgoingHttpHeaders, Server } from "node:http";
import { DynamoDBClient, GetItemCommand } from "@aws-sdk/client-dynamodb";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { AwsError } from "../../../aws/aws-error";
import { close, listen, readBody } from "../../../aws/http";
import { receivedHeaders } from "../../../aws/iam/received-headers";
import { SigV4 } from "../../../aws/iam/sigv4";
import { sign } from "../../../aws/iam/sigv4-canonical";
import { signedPayloadHash } from "../../../aws/iam/sigv4-payload";
import type { IssuedKey } from "../../../aws/iam/credential-store";
import { sha256, signRequest } from "./sign-request";
import type { Signing } from "./sign-request";
import type { Credentials, Principal, SignedRequest } from "../../../aws/iam/types";

const account = { accountId: "123456789012", region: "eu-west-1", partition: "aws" };
const now = new Date("2026-03-04T05:06:07Z");
const root: Principal = { kind: "root", arn: "arn:aws:iam::123456789012:root" };
const session: Principal = {
  kind: "role",
  arn: "arn:aws:sts::123456789012:assumed-role/reader/reader-1",
  roleArn: "arn:aws:iam::123456789012:role/reader",
};
const rootCredentials: Credentials = { accessKeyId: "AKIAROOT", secretAccessKey: "root/secret+=" };
const sessionCredentials = {
  accessKeyId: "ASIASESSION",
  secretAccessKey: "session-secret",
  sessionToken: "to/ken+with==",
} satisfies Credentials;

function makeSigV4(clock: () => Date = () => now): SigV4 {
  const keys = new Map<string, IssuedKey>([
    [rootCredentials.accessKeyId, { secretAccessKey: "root/secret+=", principal: root }],
    [
      sessionCredentials.accessKeyId,
      {
        secretAccessKey: sessionCredentials.secretAccessKey,
        sessionToken: sessionCredentials.sessionToken,
        expiration: new Date("2026-03-05T00:00:00Z"),
        principal: session,
      },
    ],
  ]);
  return new SigV4({ account, keys: { find: (id) => keys.get(id) }, clock });
}

/** Signs a request with the SDK's own signer, unless told otherwise as the administrator. */
function signed(signing: Partial<Signing> = {}): Promise<SignedRequest> {
  return signRequest({
    credentials: rootCredentials,
    region: account.region,
    date: now,
    ...signing,
  });
}

function refusal(action: () => unknown): AwsError {
  try {
    action();
  } catch (error) {
    assert.ok(error instanceof AwsError, String(error));
    return error;
  }
  assert.fail("not refused");
}

function codeOf(request: SignedRequest, sigv4 = makeSigV4()): string {
  return refusal(() => sigv4.authenticate(request)).code;
}

describe("SigV4", () => {
  const sigv4 = makeSigV4();

  describe("what the SDK's signer signed", () => {
    it("is anonymous when nothing is signed", () => {
      const headers = { host: "127.0.0.1" };
      const request = { method: "GET", url: "/b/k?X-Amz-Security-Token=x", headers, service: "s3" };
      assert.deepEqual(sigv4.authenticate(request), { kind: "anonymous" });
    });

    it("tells who signed", async () => {
      assert.deepEqual(sigv4.authenticate(await signed()), root);
      const request = await signed({ credentials: sessionCredentials });
      assert.deepEqual(sigv4.authenticate(request), session);
    });

    it("verifies with the key of the day, for each of two days and as often as they come", async () => {
      const tomorrow = new Date(now.getTime() + 24 * 60 * 60 * 1000);
      for (const date of [now, tomorrow, now]) {
        assert.deepEqual(makeSigV4(() => date).authenticate(await signed({ date })), root);
      }
    });

    for (const path of [
      "/bucket/a%20b/%C3%BC%2A%28x%29",
      "/bucket//double/./dot/../up",
      "/bucket/%2B+%25",
      "/bucket/%F0%9F%98%80",
      "/",
    ]) {
      it(`verifies the S3 path ${path}`, async () => {
        const canonical = path.replace("+%25", "%20%25");
        const request = await signed({ path: canonical });
        assert.deepEqual(sigv4.authenticate({ ...request, url: path }), root);
      });
    }

    for (const path of [
      "/",
      "/2015-03-31/functions/arn%3Aaws%3Alambda/invocations",
      "/a//b/../c/",
    ]) {
      it(`verifies the path ${path} of other services`, async () => {
        const request = await signed({ service: "lambda", path });
        assert.deepEqual(sigv4.authenticate(request), root);
      });
    }

    it("verifies queries in any order, with blanks, empty values and reserved characters", async () => {
      const query = { prefix: "a b/+&=ü*", list: "", "list-type": "2", Z: "~", a: "1", "a-b": "2" };
      const request = await signed({ query });
      assert.deepEqual(sigv4.authenticate(request), root);
      const [path = "", parameters = ""] = request.url.split("?");
      const reversed = parameters.split("&").reverse().join("&");
      assert.deepEqual(sigv4.authenticate({ ...request, url: `${path}?${reversed}` }), root);
    });

    it("verifies bytes that a client left unencoded", async () => {
      const request = await signed({ path: "/bucket/%C3%BC" });
      const url = Buffer.from("/bucket/ü").toString("latin1");
      assert.deepEqual(sigv4.authenticate({ ...request, url }), root);
    });

    it("collapses blanks in header values", async () => {
      const request = await signed({
        headers: { "x-amz-meta-a": "a   b\u00a0\u00a0", "content-type": " x " },
      });
      assert.deepEqual(sigv4.authenticate(request), root);
    });

    it("verifies headers that come several times, each value by itself", async () => {
      const name = "x-amz-object-attributes";
      const request = await signed({ headers: { [name]: "ETag,ObjectSize" } });
      const server = createServer((message, response) => {
        response.end(JSON.stringify(receivedHeaders(message)));
      });
      const port = await listen(server);
      const headers = {
        ...(request.headers as OutgoingHttpHeaders),
        [name]: ["ETag", " ObjectSize"],
      };
      const call = httpRequest({ port, host: "127.0.0.1", path: request.url, headers }).end();
      const [response] = (await once(call, "response")) as [IncomingMessage];
      const received = JSON.parse((await readBody(response, 10_000))?.toString() ?? "") as object;
      await close(server);
      assert.deepEqual(sigv4.authenticate({ ...request, headers: { ...received } }), root);
    });

    it("verifies presigned URLs", async () => {
      for (const credentials of [rootCredentials, sessionCredentials]) {
        const request = await signed({ presign: 60, credentials });
        assert.equal(sigv4.authenticate(request).kind === "anonymous", false);
      }
    });

    it("covers the body of services other than S3", async () => {
      const request = await signed({ service: "dynamodb", method: "POST", path: "/", body: "{}" });
      assert.deepEqual(sigv4.authenticate(request), root);
      assert.equal(codeOf({ ...request, bodySha256: sha256("{ }") }), "InvalidSignatureException");
      const unhashed = { ...request, bodySha256: undefined } as unknown as SignedRequest;
      assert.throws(() => sigv4.authenticate(unhashed), TypeError);
    });
  });

  describe("tampering", () => {
    it("refuses another method, path, query or header", async () => {
      const request = await signed({
        query: { versionId: "1" },
        headers: { "x-amz-acl": "private" },
      });
      const changes: Partial<SignedRequest>[] = [
        { method: "PUT" },
        { url: request.url.replace("/key", "/Key") },
        { url: request.url.replace("versionId=1", "versionId=2") },
        { url: `${request.url}&acl` },
        { headers: { ...request.headers, "x-amz-acl": "public-read" } },
        { headers: { ...request.headers, host: "127.0.0.1:9001" } },
      ];
      for (const change of changes) {
        const error = refusal(() => sigv4.authenticate({ ...request, ...change }));
        assert.equal(error.code, "SignatureDoesNotMatch", JSON.stringify(change));
        assert.equal(error.statusCode, 403);
        for (const name of ["StringToSign", "CanonicalRequest"]) {
          const bytes = error.details[`${name}Bytes`]?.replaceAll(" ", "") ?? "";
          assert.equal(Buffer.from(bytes, "hex").toString(), error.details[name]);
        }
      }
    });

    it("refuses any change of a presigned URL", async () => {
      const { url, ...rest } = await signed({ presign: 60, credentials: sessionCredentials });
      const tamper = (from: string | RegExp, to: string) => ({
        ...rest,
        url: url.replace(from, to),
      });
      assert.equal(codeOf(tamper("/key", "/other")), "SignatureDoesNotMatch");
      assert.equal(codeOf(tamper("X-Amz-Expires=60", "X-Amz-Expires=61")), "SignatureDoesNotMatch");
      assert.equal(codeOf(tamper("T050607Z", "T050608Z")), "SignatureDoesNotMatch");
      assert.equal(codeOf(tamper(/Signature=./, "Signature=g")), "SignatureDoesNotMatch");
      assert.equal(codeOf(tamper(/$/, "&versionId=1")), "SignatureDoesNotMatch");
      assert.equal(codeOf(tamper("to%2Fken", "to%2Fkem")), "InvalidToken");
      assert.equal(codeOf(tamper("ASIASESSION", "AKIAROOT")), "InvalidToken");
      assert.equal(codeOf(tamper(/X-Amz-Security-Token=[^&]*&/, "")), "InvalidAccessKeyId");
      assert.equal(codeOf({ ...tamper("", ""), method: "PUT" }), "SignatureDoesNotMatch");
    });

    it("refuses parameters of the signature that are there twice", async () => {
      const request = await signed({ presign: 60 });
      for (const again of ["X-Amz-Expires=60", "x-amz-expires=604800", "X-Amz-Signature=0"]) {
        assert.equal(codeOf({ ...request, url: `${request.url}&${again}` }), "InvalidArgument");
      }
    });

    it("refuses two signatures at once", async () => {
      const [header, presigned] = [await signed(), await signed({ presign: 60 })];
      assert.equal(codeOf({ ...header, url: presigned.url }), "InvalidArgument");
    });

    it("refuses a presigned URL of which a part is missing", async () => {
      const { url, ...rest } = await signed({ presign: 60 });
      for (const name of [
        "Algorithm",
        "Credential",
        "Date",
        "SignedHeaders",
        "Expires",
        "Signature",
      ]) {
        const less = url.replace(new RegExp(`X-Amz-${name}=[^&]*&?`), "");
        assert.notEqual(less, url);
        assert.equal(codeOf({ ...rest, url: less }), "AuthorizationQueryParametersError", name);
      }
    });

    it("says what is wrong with a parameter of a presigned URL", async () => {
      const { url, ...rest } = await signed({ presign: 60 });
      for (const [from, to, message] of [
        [/(Credential=[^%]*)%2F[^%]*/, "$1", /^Error parsing the X-Amz-Credential.* mal-formed; /],
        ["Expires=60", "Expires=-60", /^X-Amz-Expires must be non-negative$/],
        ["Expires=60", "Expires=soon", /^X-Amz-Expires should be a number$/],
      ] as const) {
        const tampered = { ...rest, url: url.replace(from, to) };
        assert.match(refusal(() => sigv4.authenticate(tampered)).message, message);
      }
    });

    it("refuses headers that AWS acts on but the signature does not cover", async () => {
      for (const presign of [undefined, 60]) {
        const request = await signed(presign === undefined ? {} : { presign });
        const headers = { ...request.headers, "x-amz-acl": "public-read" };
        const error = refusal(() => sigv4.authenticate({ ...request, headers }));
        assert.equal(error.code, "AccessDenied");
        assert.deepEqual(error.details, { HeadersNotSigned: "x-amz-acl" });
      }
      const request = await signed({ service: "dynamodb" });
      const headers = { ...request.headers, "x-amz-target": "DynamoDB_20120810.PutItem" };
      assert.equal(codeOf({ ...request, headers }), "IncompleteSignatureException");
    });

    it("refuses a signature that leaves out the host", async () => {
      const request = await signed();
      const authorization = String(request.headers.authorization).replace("host;", "");
      const headers = { ...request.headers, authorization };
      assert.equal(codeOf({ ...request, headers }), "AccessDenied");
    });
  });

  describe("malformed signatures", () => {
    const malformed = async (from: string | RegExp, to: string, service = "s3") => {
      const request = await signed({ service });
      const authorization = String(request.headers.authorization).replace(from, to);
      return codeOf({ ...request, headers: { ...request.headers, authorization } });
    };

    it("names a header that cannot be read", async () => {
      for (const [from, to] of [
        [/, SignedHeaders=[^,]*/, ""],
        [/Signature=.*/, ""],
        [/Credential=[^,]*/, "Credential=AKIAROOT"],
        [/Credential=/, "Credential=x/"],
        [/SignedHeaders=/, "SignedHeaders=Host;"],
        [/SignedHeaders=host/, "SignedHeaders=host;host"],
        [/$/, ", Signature=0"],
        [/$/, ", More=0"],
      ] as const) {
        assert.equal(await malformed(from, to), "AuthorizationHeaderMalformed", String(from));
        assert.equal(await malformed(from, to, "sns"), "IncompleteSignature", String(from));
      }
    });

    it("refuses other schemes", async () => {
      assert.equal(await malformed(/^.*$/, "AWS AKIAROOT:signature"), "InvalidRequest");
      assert.equal(await malformed(/^.*$/, "Bearer x", "kms"), "IncompleteSignatureException");
      assert.equal(await malformed("AWS4-HMAC-SHA256", "AWS4-ECDSA-P256-SHA256"), "InvalidRequest");
    });

    it("refuses version 2 in a query, whole or in part, as S3 does, and asks for version 4", async () => {
      const { headers } = await signed();
      const unsigned = { ...headers, authorization: undefined };
      for (const query of [
        "AWSAccessKeyId=AKIAROOT&Signature=c2ln&Expires=1790000000",
        "Expires=1790000000&Signature=c2ln",
        "AWSAccessKeyId=AKIAROOT",
        "versionId=1&AWSAccessKeyId=AKIAROOT&Signature=a%2Bb%3D&Expires=1",
      ]) {
        const request = { method: "GET", url: `/bucket/key?${query}`, service: "s3" };
        assert.throws(() => sigv4.authenticate({ ...request, headers: unsigned }), {
          code: "InvalidRequest",
          statusCode: 400,
          message: /Please use AWS4-HMAC-SHA256\.$/,
        });
        assert.equal(codeOf({ ...request, headers }), "InvalidArgument");
        const elsewhere = { ...request, headers: unsigned, service: "sns" };
        assert.deepEqual(sigv4.authenticate(elsewhere), { kind: "anonymous" });
      }
    });

    it("takes the time of expiry alone for no signature", () => {
      const request = { method: "GET", url: "/b/k?Expires=1", service: "s3", headers: {} };
      assert.deepEqual(sigv4.authenticate(request), { kind: "anonymous" });
    });

    it("names the algorithm that a query has to use", async () => {
      const request = await signed({ presign: 60 });
      for (const other of ["AWS4-ECDSA-P256-SHA256", "AWS4-HMAC-SHA1", "aws4-hmac-sha256"]) {
        const url = request.url.replace("AWS4-HMAC-SHA256", other);
        assert.throws(() => sigv4.authenticate({ ...request, url }), {
          code: "AuthorizationQueryParametersError",
          statusCode: 400,
          message: /AWS4-HMAC-SHA256/,
        });
      }
    });

    it("refuses a missing or misspelt date", async () => {
      const request = await signed();
      for (const date of [undefined, "2026-03-04T05:06:07Z", "20261304T050607Z", "20260304"]) {
        const headers = { ...request.headers, "x-amz-date": date };
        assert.equal(codeOf({ ...request, headers }), "AuthorizationHeaderMalformed");
      }
    });

    it("limits a presigned URL to a week", async () => {
      const week = await signed({ presign: 604_800 });
      assert.deepEqual(sigv4.authenticate(week), root);
      for (const seconds of ["604801", "0", "-1", "1.5", "x"]) {
        const url = week.url.replace("Expires=604800", `Expires=${seconds}`);
        assert.equal(codeOf({ ...week, url }), "AuthorizationQueryParametersError", seconds);
      }
    });

    it("wants a valid hash of the body from S3's clients", async () => {
      const request = await signed();
      const none = { ...request.headers };
      delete none["x-amz-content-sha256"];
      assert.equal(codeOf({ ...request, headers: none }), "InvalidRequest");
      const headers = { ...request.headers, "x-amz-content-sha256": "ABC" };
      assert.equal(codeOf({ ...request, headers }), "InvalidArgument");
    });

    it("tells S3 which hash the signature covers", async () => {
      assert.equal(signedPayloadHash(await signed({ body: "abc" })), sha256("abc"));
      assert.equal(signedPayloadHash(await signed({ presign: 9 })), "UNSIGNED-PAYLOAD");
    });
  });

  describe("scope, keys and time", () => {
    it("refuses another region, service, day or terminator", async () => {
      const wrongRegion = refusal(() => sigv4.authenticate(signedRegion));
      assert.equal(wrongRegion.code, "AuthorizationHeaderMalformed");
      assert.match(wrongRegion.message, /'us-east-1' is wrong; expecting 'eu-west-1'/);
      assert.deepEqual(wrongRegion.details, { Region: "eu-west-1" });
      const s3 = await signed();
      assert.equal(codeOf({ ...s3, service: "kms", bodySha256: "" }), "InvalidSignatureException");
      for (const [from, to] of [
        ["20260304/", "20260303/"],
        ["aws4_request", "aws5_request"],
      ] as const) {
        const authorization = String(s3.headers.authorization).replace(from, to);
        const request = { ...s3, headers: { ...s3.headers, authorization } };
        assert.equal(codeOf(request), "AuthorizationHeaderMalformed");
      }
    });

    let signedRegion: SignedRequest;
    before(async () => {
      signedRegion = await signed({ region: "us-east-1" });
    });

    it("refuses unknown keys and wrong secrets in the words of each service", async () => {
      const stranger = { accessKeyId: "AKIASTRANGER", secretAccessKey: "x" };
      const guesser = { ...rootCredentials, secretAccessKey: "guess" };
      const expected = [
        ["s3", "InvalidAccessKeyId", 403, "SignatureDoesNotMatch", 403],
        ["dynamodb", "UnrecognizedClientException", 400, "InvalidSignatureException", 400],
        ["lambda", "UnrecognizedClientException", 403, "InvalidSignatureException", 403],
        ["sns", "InvalidClientTokenId", 403, "SignatureDoesNotMatch", 403],
      ] as const;
      for (const [service, unknown, unknownStatus, mismatch, mismatchStatus] of expected) {
        const strange = await signed({ service, credentials: stranger });
        const first = refusal(() => sigv4.authenticate(strange));
        assert.deepEqual([first.code, first.statusCode], [unknown, unknownStatus]);
        const guessed = await signed({ service, credentials: guesser });
        const second = refusal(() => sigv4.authenticate(guessed));
        assert.deepEqual([second.code, second.statusCode], [mismatch, mismatchStatus]);
      }
    });

    it("refuses a session's key without its token, with another, or after its end", async () => {
      const { accessKeyId, secretAccessKey } = sessionCredentials;
      const bare = { accessKeyId, secretAccessKey };
      assert.equal(codeOf(await signed({ credentials: bare })), "InvalidAccessKeyId");
      const other = { ...bare, sessionToken: "other" };
      assert.equal(codeOf(await signed({ credentials: other })), "InvalidToken");
      const onRoot = { ...rootCredentials, sessionToken: "any" };
      assert.equal(codeOf(await signed({ credentials: onRoot })), "InvalidToken");
      const date = new Date("2026-03-05T00:00:00Z");
      const late = { credentials: sessionCredentials, date };
      assert.equal(
        codeOf(
          await signed(late),
          makeSigV4(() => date),
        ),
        "ExpiredToken",
      );
      const json = await signed({ ...late, service: "kms" });
      assert.equal(
        codeOf(
          json,
          makeSigV4(() => date),
        ),
        "ExpiredTokenException",
      );
    });

    it("allows a clock to be off by a quarter of an hour", async () => {
      const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
      for (const seconds of [-900, 900]) {
        assert.deepEqual(sigv4.authenticate(await signed({ date: at(seconds) })), root);
      }
      for (const seconds of [-901, 901]) {
        assert.equal(codeOf(await signed({ date: at(seconds) })), "RequestTimeTooSkewed");
        const json = await signed({ date: at(seconds), service: "dynamodb" });
        const error = refusal(() => sigv4.authenticate(json));
        assert.equal(error.code, "InvalidSignatureException");
        assert.match(error.message, /^Signature (expired|not yet current): /);
      }
    });

    it("ends a presigned URL after its time", async () => {
      const at = (seconds: number) => makeSigV4(() => new Date(now.getTime() + seconds * 1000));
      const request = await signed({ presign: 3600 });
      assert.deepEqual(at(3600).authenticate(request), root);
      const error = refusal(() => at(3601).authenticate(request));
      assert.deepEqual(
        [error.code, error.statusCode, error.message],
        ["AccessDenied", 403, "Request has expired"],
      );
      assert.equal(error.details.Expires, "2026-03-04T06:06:07.000Z");
      assert.equal(codeOf(request, at(-901)), "AccessDenied");
    });
  });

  describe("forms and streams", () => {
    const scope = { date: "20260304", region: account.region, service: "s3" };
    const policy = Buffer.from('{"expiration":"2026-03-04T06:00:00Z"}').toString("base64");
    const form = {
      algorithm: "AWS4-HMAC-SHA256",
      credential: "ASIASESSION/20260304/eu-west-1/s3/aws4_request",
      date: "20260304T050607Z",
      securityToken: sessionCredentials.sessionToken,
      policy,
      signature: sign(sessionCredentials.secretAccessKey, scope, policy),
    };

    it("verifies a form", () => {
      assert.deepEqual(sigv4.verifyForm(form), session);
    });

    it("refuses a form that was tampered with", () => {
      const code = (change: object) => refusal(() => sigv4.verifyForm({ ...form, ...change })).code;
      assert.equal(code({ policy: `${policy}=` }), "SignatureDoesNotMatch");
      assert.equal(code({ signature: "" }), "SignatureDoesNotMatch");
      assert.equal(code({ securityToken: "x" }), "InvalidToken");
      assert.equal(code({ securityToken: undefined }), "InvalidAccessKeyId");
      assert.equal(code({ date: "20260305T050607Z" }), "AuthorizationHeaderMalformed");
      assert.equal(code({ date: "20260304" }), "AuthorizationHeaderMalformed");
      assert.equal(code({ credential: "ASIASESSION" }), "AuthorizationHeaderMalformed");
      assert.equal(code({ algorithm: "AWS2" }), "InvalidRequest");
    });

    it("verifies a chain of chunks and its trailer, each link once and in order", async () => {
      const request = await signed({
        method: "PUT",
        headers: { "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER" },
      });
      const seed = String(request.headers.authorization).replace(/.*Signature=/, "");
      const link = (kind: string, previous: string, ...hashes: string[]) =>
        sign(
          rootCredentials.secretAccessKey,
          scope,
          [
            `AWS4-HMAC-SHA256-${kind}`,
            "20260304T050607Z",
            "20260304/eu-west-1/s3/aws4_request",
            previous,
            ...hashes,
          ].join("\n"),
        );
      const first = link("PAYLOAD", seed, sha256(""), sha256("abc"));
      const last = link("PAYLOAD", first, sha256(""), sha256(""));
      const trailer = link("TRAILER", last, sha256("x-amz-checksum-crc32:AAAAAA==\n"));
      const verifier = sigv4.chunkVerifier(request);
      verifier.chunk(Buffer.from("abc"), first);
      assert.throws(() => {
        verifier.chunk(Buffer.from("abc"), first);
      }, /does not match/);
      verifier.chunk(Buffer.from(""), last);
      verifier.trailer("x-amz-checksum-crc32:AAAAAA==\n", trailer);
      const again = sigv4.chunkVerifier(request);
      assert.throws(() => {
        again.chunk(Buffer.from("abd"), first);
      }, /does not match/);
    });

    it("refuses to verify the chunks of an unsigned request", () => {
      const request = { method: "PUT", url: "/b/k", headers: {}, service: "s3" };
      assert.equal(refusal(() => sigv4.chunkVerifier(request)).code, "AccessDenied");
    });
  });

  describe("with the SDK's clients over HTTP", () => {
    let server: Server;
    let endpoint: string;
    let outcome: Principal | Error;
    const live = makeSigV4(() => new Date());

    async function check(request: IncomingMessage): Promise<void> {
      const body = (await readBody(request)) ?? Buffer.alloc(0);
      const { method = "", url = "", headers } = request;
      const service = /\/(s3|dynamodb|lambda|sns)\/aws4_request|%2F(s3)%2F/.exec(
        `${headers.authorization ?? ""}${url}`,
      );
      const name = service?.[1] ?? service?.[2] ?? "";
      const signedRequest = { method, url, headers, service: name };
      outcome = live.authenticate(
        name === "s3" ? signedRequest : { ...signedRequest, bodySha256: sha256(body) },
      );
    }

    before(async () => {
      server = createServer((request, response) => {
        check(request)
          .catch((error: unknown) => {
            outcome = error instanceof Error ? error : new Error(String(error));
          })
          .finally(() => response.end(request.url?.startsWith("/bucket") ? "" : "{}"));
      });
      endpoint = `http://127.0.0.1:${await listen(server)}`;
    });

    after(() => close(server));

    const config = () => ({
      endpoint,
      region: account.region,
      credentials: { ...rootCredentials },
    });

    it("verifies S3's calls", async () => {
      const client = new S3Client({ ...config(), forcePathStyle: true });
      for (const Key of ["plain", "a b/ü*()'!+&=?#%~", "../up/./x//y", "😀", "%2F"]) {
        await client.send(
          new PutObjectCommand({ Bucket: "bucket", Key, Body: "abc", Metadata: { a: "b  c" } }),
        );
        assert.deepEqual(outcome, root, Key);
        const url = await getSignedUrl(client, new GetObjectCommand({ Bucket: "bucket", Key }));
        // `fetch` would normalise dots in paths, which S3 does not.
        if (!Key.includes("../")) {
          await fetch(url);
          assert.deepEqual(outcome, root, url);
        }
      }
      client.destroy();
    });

    it("verifies other services' calls", async () => {
      const dynamo = new DynamoDBClient(config());
      await dynamo.send(new GetItemCommand({ TableName: "t", Key: { id: { S: "ü" } } }));
      assert.deepEqual(outcome, root);
      dynamo.destroy();
      const lambda = new LambdaClient(config());
      const FunctionName = "arn:aws:lambda:eu-west-1:123456789012:function:f";
      await lambda.send(new InvokeCommand({ FunctionName, Payload: Buffer.from("{}") }));
      assert.deepEqual(outcome, root);
      lambda.destroy();
      const sns = new SNSClient(config());
      // The answer is no XML; what counts here is the request.
      await sns.send(new PublishCommand({ TopicArn: "arn", Message: "a b" })).catch(String);
      assert.deepEqual(outcome, root);
      sns.destroy();
    });
  });
});
