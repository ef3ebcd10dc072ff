import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Iam } from "../../../../aws/iam/iam";
import type { Credentials } from "../../../../aws/iam/types";
import type { FunctionUrlConfig } from "../../../../aws/lambda/urls/function-url-config";
import type { Permission } from "../../../../aws/lambda/resource-policy";
import { FunctionUrls } from "../../../../aws/lambda/urls/function-urls";
import { signRequest } from "../../iam/sign-request";
import { call, type Called } from "../support/caller";
import { LocalLambda, account } from "../support/local-lambda";

const echo = "exports.handler = async (event) => event;";
const forbidden = /^\{"Message":"Forbidden\. For troubleshooting Function URL authorization issues/;
const distribution = "arn:aws:cloudfront::123456789012:distribution/EDFDVBD6EXAMPLE";

describe("FunctionUrls", () => {
  let iam: Iam;
  let local: LocalLambda;
  let dataDir: string;
  let host: string;

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "urls-"));
    iam = new Iam({ account, dataDir, notify: () => undefined, clock: () => new Date() });
    local = await LocalLambda.start({ authenticator: iam, authorizer: iam });
  });

  afterEach(async () => {
    await local.stop();
    await rm(dataDir, { recursive: true });
  });

  async function createUrl(
    source: string,
    config: Partial<FunctionUrlConfig> = {},
    limits: { memoryMb?: number; reservedConcurrency?: number; timeoutSeconds?: number } = {},
  ): Promise<void> {
    await local.create(source, limits);
    const { lambda } = local;
    await lambda.createFunctionUrlConfig({
      functionName: "resize",
      urlId: "abc",
      config: { authType: "NONE", ...config },
    });
    host = await lambda.urls.hostOf("resize");
  }

  function allow(permission: Pick<Permission, "action" | "principal"> & Partial<Permission>): void {
    const statementId = permission.action.replace(/\W/g, "");
    local.lambda.addPermission({ functionName: "resize", statementId, ...permission });
  }

  function openToPublic(): void {
    const principal = "*";
    allow({ action: "lambda:InvokeFunctionUrl", principal, functionUrlAuthType: "NONE" });
    allow({ action: "lambda:InvokeFunction", principal, invokedViaFunctionUrl: true });
  }

  /** Calls the URL of a function that anybody may call. */
  async function callOpen(
    source: string,
    path = "/",
    options: Parameters<typeof call>[1] = {},
  ): Promise<Called> {
    await createUrl(source);
    openToPublic();
    return call(`http://${host}${path}`, options);
  }

  async function callSigned(
    credentials: Credentials,
    how: { path?: string; tampered?: string; service?: string } = {},
  ): Promise<Called> {
    const { path = "/", tampered = path, service = "lambda" } = how;
    const signing = { credentials, region: account.region, date: new Date(), service, path };
    const { headers } = await signRequest({ ...signing, headers: { host } });
    return call(`http://${host}${tampered}`, { headers: headers as Record<string, string> });
  }

  describe("events", () => {
    it("have payload format 2.0", async () => {
      const { status, body } = await callOpen(echo, "/a%20b/c?x=1&x=2&y=%C3%A9&z", {
        method: "POST",
        headers: {
          cookie: "a=1; b=2",
          "content-type": "application/json; charset=utf-8",
          "x-list": ["1", "2"],
          "user-agent": "test",
        },
        body: '{"n":1}',
      });
      assert.equal(status, 200);
      const event = JSON.parse(body) as Record<string, unknown>;
      const { requestContext, headers, ...rest } = event as {
        requestContext: Record<string, unknown>;
        headers: Record<string, string>;
      };
      assert.deepEqual(rest, {
        version: "2.0",
        routeKey: "$default",
        rawPath: "/a%20b/c",
        rawQueryString: "x=1&x=2&y=%C3%A9&z",
        cookies: ["a=1", "b=2"],
        queryStringParameters: { x: "1,2", y: "é", z: "" },
        body: '{"n":1}',
        isBase64Encoded: false,
      });
      const { requestId, time, timeEpoch, ...context } = requestContext;
      assert.match(String(requestId), /^[0-9a-f-]{36}$/);
      assert.match(String(time), /^\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d \+0000$/);
      assert.equal(typeof timeEpoch, "number");
      assert.deepEqual(context, {
        accountId: "anonymous",
        apiId: "abc",
        domainName: host,
        domainPrefix: "abc",
        http: {
          method: "POST",
          path: "/a b/c",
          protocol: "HTTP/1.1",
          sourceIp: "127.0.0.1",
          userAgent: "test",
        },
        routeKey: "$default",
        stage: "$default",
      });
      assert.equal(headers.host, host);
      assert.equal(headers["x-list"], "1,2");
      assert.equal(headers["x-forwarded-for"], "127.0.0.1");
      assert.equal(headers.cookie, undefined);
    });

    it("have no body, query and cookies where there are none", async () => {
      const event = JSON.parse((await callOpen(echo)).body) as Record<string, unknown>;
      assert.equal(event.rawQueryString, "");
      assert.equal(event.isBase64Encoded, false);
      for (const name of ["body", "queryStringParameters", "cookies"]) {
        assert.ok(!(name in event), name);
      }
    });

    it("have bodies that are no text in base64", async () => {
      const options = { method: "PUT", headers: { "content-type": "image/png" } };
      const { body } = await callOpen(echo, "/", { ...options, body: Buffer.from([0, 255]) });
      const event = JSON.parse(body) as Record<string, unknown>;
      assert.deepEqual([event.body, event.isBase64Encoded], ["AP8=", true]);
    });
  });

  describe("responses", () => {
    const returning = (value: string): string => `exports.handler = async () => (${value});`;

    it("have the status, the headers, the cookies and the body that the function says", async () => {
      const { status, headers, body } = await callOpen(
        returning(`{ statusCode: 201, headers: { "X-Own": "v", "Content-Type": "text/plain", n: 5 },
          cookies: ["a=1; Path=/", "b=2"], body: "héllo" }`),
      );
      assert.deepEqual([status, body], [201, "héllo"]);
      assert.equal(headers["x-own"], "v");
      assert.equal(headers.n, "5");
      assert.equal(headers["content-type"], "text/plain");
      assert.deepEqual(headers["set-cookie"], ["a=1; Path=/", "b=2"]);
      assert.match(String(headers["x-amzn-requestid"]), /^[0-9a-f-]{36}$/);
    });

    it("are JSON with 200 where the function returns anything else", async () => {
      const values = { '"text"': "text", "{ a: 1 }": '{"a":1}', "[1]": "[1]", undefined: "null" };
      await createUrl(
        'exports.handler = async ({ rawPath }) => eval("(" + decodeURIComponent(rawPath.slice(1)) + ")");',
      );
      openToPublic();
      for (const [value, expected] of Object.entries(values)) {
        const answer = await call(`http://${host}/${encodeURIComponent(value)}`);
        assert.deepEqual([answer.status, answer.body], [200, expected]);
        assert.equal(answer.headers["content-type"], "application/json");
      }
    });

    it("are decoded from base64", async () => {
      const { body, headers } = await callOpen(
        returning('{ statusCode: 200, isBase64Encoded: true, body: "YWJj" }'),
      );
      assert.equal(body, "abc");
      assert.equal(headers["content-length"], "3");
    });

    it("have no body for HEAD, 204 and 304", async () => {
      const { body, headers } = await callOpen(returning('{ statusCode: 200, body: "abc" }'), "/", {
        method: "HEAD",
      });
      assert.deepEqual([body, headers["content-length"]], ["", "3"]);
    });

    it("keep headers of the connection from the function", async () => {
      const { headers, status } = await callOpen(
        returning(
          '{ statusCode: 200, body: "abc", headers: { "Content-Length": "1", Date: "x" } }',
        ),
      );
      assert.deepEqual([status, headers["content-length"]], [200, "3"]);
      assert.equal(headers["x-amzn-remapped-content-length"], "1");
      assert.equal(headers["x-amzn-remapped-date"], "x");
    });

    for (const [name, source] of Object.entries({
      throws: 'exports.handler = async () => { throw new Error("secret"); };',
      "ends its process": "exports.handler = async () => process.exit(1);",
      "returns a status that is none": returning("{ statusCode: 9999 }"),
      "returns a body that is no text": returning("{ statusCode: 200, body: { a: 1 } }"),
      "returns headers that cannot be sent": returning(
        '{ statusCode: 200, headers: { a: "x\\ny" } }',
      ),
      "returns more than 6 MB": returning('"x".repeat(6 * 1024 * 1024 + 200)'),
    })) {
      it(`are 502 and tell nothing where the function ${name}`, async () => {
        const { status, body } = await callOpen(source);
        assert.deepEqual([status, body], [502, "Internal Server Error"]);
      });
    }

    it("are 502 where the function takes too long", async () => {
      await createUrl(
        "exports.handler = () => new Promise(() => setInterval(() => {}, 1000));",
        {},
        {
          timeoutSeconds: 1,
        },
      );
      openToPublic();
      assert.equal((await call(`http://${host}/`)).status, 502);
    });

    it("are 429 where the function is throttled", async () => {
      await createUrl(echo, {}, { reservedConcurrency: 0 });
      openToPublic();
      const { status, headers } = await call(`http://${host}/`);
      assert.deepEqual([status, headers["x-amzn-errortype"]], [429, "TooManyRequestsException"]);
    });

    it("are 413 for more than 6 MB, also where base64 makes it so much", async () => {
      await createUrl("exports.handler = async () => 1;");
      openToPublic();
      const post = (bytes: number) =>
        call(`http://${host}/`, { method: "POST", body: Buffer.alloc(bytes) });
      assert.equal((await post(6 * 1024 * 1024 + 1)).status, 413);
      assert.equal((await post(5 * 1024 * 1024)).status, 413);
      assert.equal((await post(4 * 1024 * 1024)).status, 200);
    });
  });

  describe("with AWS_IAM", () => {
    const authType = "AWS_IAM";
    const cloudfront = "cloudfront.amazonaws.com";

    it("let the account's root in, and tell the function who it is", async () => {
      await createUrl(echo, { authType });
      const { status, body } = await callSigned(iam.administrator, { path: "/a%20b" });
      assert.equal(status, 200);
      const { requestContext, headers } = JSON.parse(body) as {
        requestContext: { authorizer: { iam: unknown } };
        headers: Record<string, string>;
      };
      assert.deepEqual(requestContext.authorizer.iam, {
        accessKey: iam.administrator.accessKeyId,
        accountId: account.accountId,
        callerId: "arn:aws:iam::123456789012:root",
        userArn: "arn:aws:iam::123456789012:root",
        userId: "arn:aws:iam::123456789012:root",
      });
      assert.equal(headers.authorization, undefined);
    });

    it("refuse requests without a signature", async () => {
      await createUrl(echo, { authType });
      const { status, headers, body } = await call(`http://${host}/`);
      assert.deepEqual([status, headers["x-amzn-errortype"]], [403, "AccessDeniedException"]);
      assert.match(body, forbidden);
    });

    it("refuse signatures of another path, query, service or key", async () => {
      await createUrl(echo, { authType });
      const key = iam.administrator;
      for (const answer of [
        await callSigned(key, { path: "/one", tampered: "/other" }),
        await callSigned(key, { path: "/one", tampered: "/one?more=1" }),
        await callSigned(key, { service: "s3" }),
        await callSigned({ ...key, secretAccessKey: "wrong" }),
        await callSigned({ ...key, accessKeyId: "AKIAUNKNOWN" }),
      ]) {
        assert.equal(answer.status, 403, answer.body);
        assert.match(answer.body, /^\{"Message":/);
      }
    });

    it("let a role in whose policy allows both actions", async () => {
      const functionArn = await roleWith(["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"]);
      await createUrl(echo, { authType });
      assert.equal((await callSigned(sessionOf(functionArn))).status, 200);
    });

    for (const action of ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"]) {
      it(`refuse a role whose policy allows ${action} alone`, async () => {
        const caller = await roleWith([action]);
        await createUrl(echo, { authType });
        const answer = await callSigned(sessionOf(caller));
        assert.equal(answer.status, 403);
        assert.match(answer.body, forbidden);
      });
    }

    it("let CloudFront in for the distribution that the function's policy names", async () => {
      await createUrl(echo, { authType });
      const grant = { principal: cloudfront, sourceArn: distribution };
      allow({ action: "lambda:InvokeFunctionUrl", functionUrlAuthType: authType, ...grant });
      const own = iam.serviceCredentials(cloudfront, distribution);
      assert.equal((await callSigned(own)).status, 403, "one permission is not enough");
      allow({ action: "lambda:InvokeFunction", invokedViaFunctionUrl: true, ...grant });
      assert.equal((await callSigned(own)).status, 200);
      const other = iam.serviceCredentials(cloudfront, `${distribution}2`);
      assert.equal((await callSigned(other)).status, 403);
      const service = iam.serviceCredentials("sns.amazonaws.com", distribution);
      assert.equal((await callSigned(service)).status, 403);
    });

    it("refuse what is permitted for URLs with NONE", async () => {
      await createUrl(echo, { authType });
      const grant = { principal: cloudfront, sourceArn: distribution };
      allow({ action: "lambda:InvokeFunctionUrl", functionUrlAuthType: "NONE", ...grant });
      allow({ action: "lambda:InvokeFunction", ...grant });
      const own = iam.serviceCredentials(cloudfront, distribution);
      assert.equal((await callSigned(own)).status, 403);
    });

    it("do not let a permission for URLs alone invoke the function otherwise", async () => {
      await createUrl(echo, { authType });
      const grant = { principal: cloudfront, sourceArn: distribution };
      allow({ action: "lambda:InvokeFunction", invokedViaFunctionUrl: true, ...grant });
      await assert.rejects(
        local.lambda.invoke({
          functionName: "resize",
          payload: "{}",
          invocationType: "RequestResponse",
          principal: { kind: "service", service: cloudfront, sourceArn: distribution },
          sourceArn: distribution,
        }),
        { code: "AccessDeniedException" },
      );
    });

    /** Makes a role that may do so much with the function. */
    async function roleWith(actions: string[]): Promise<string> {
      const { arn } = iam.createRole({
        name: "caller",
        assumeRolePolicy: JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: "lambda.amazonaws.com" },
              Action: "sts:AssumeRole",
            },
          ],
        }),
      });
      const statement = { Effect: "Allow", Action: actions, Resource: "*" };
      iam.putRolePolicy(
        "caller",
        "invoke",
        JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
      );
      return Promise.resolve(arn);
    }

    function sessionOf(caller: string): Credentials {
      const session = { roleArn: caller, sessionName: "test" };
      return iam.assumeRole({ ...session, service: "lambda.amazonaws.com" });
    }
  });

  describe("with NONE", () => {
    it("still need the function's policy to let the public in, by both actions", async () => {
      await createUrl(echo);
      const status = async () => (await call(`http://${host}/`)).status;
      assert.equal(await status(), 403);
      const principal = "*";
      allow({ action: "lambda:InvokeFunctionUrl", principal, functionUrlAuthType: "NONE" });
      assert.equal(await status(), 403);
      allow({ action: "lambda:InvokeFunction", principal, invokedViaFunctionUrl: true });
      assert.equal(await status(), 200);
    });
  });

  describe("CORS", () => {
    const cors = {
      allowOrigins: ["https://app.example.com"],
      allowMethods: ["GET", "POST"],
      allowHeaders: ["x-own"],
      exposeHeaders: ["x-shown"],
      maxAge: 60,
      allowCredentials: true,
    };
    const preflight = {
      method: "OPTIONS",
      headers: { origin: "https://app.example.com", "access-control-request-method": "POST" },
    };

    it("answers preflights without the function, and without a signature", async () => {
      await createUrl(echo, { authType: "AWS_IAM", cors });
      const { status, headers } = await call(`http://${host}/`, preflight);
      assert.equal(status, 200);
      assert.equal(headers["access-control-allow-origin"], "https://app.example.com");
      assert.equal(headers["access-control-allow-methods"], "GET,POST");
      assert.equal(headers["access-control-allow-headers"], "x-own");
      assert.equal(headers["access-control-max-age"], "60");
      assert.equal(headers["access-control-allow-credentials"], "true");
      assert.deepEqual(local.lines, []);
    });

    it("puts its headers in place of the function's, for the origins that are allowed", async () => {
      await createUrl(
        `exports.handler = async () => ({ statusCode: 200,
          headers: { "Access-Control-Allow-Origin": "*" } });`,
        { cors },
      );
      openToPublic();
      const from = async (origin: string) =>
        (await call(`http://${host}/`, { headers: { origin } })).headers[
          "access-control-allow-origin"
        ];
      assert.equal(await from("https://app.example.com"), "https://app.example.com");
      assert.equal(await from("https://other.example.com"), undefined);
    });

    it("is the function's own concern where it is not configured", async () => {
      const { body } = await callOpen(echo, "/", preflight);
      assert.match(body, /"method":"OPTIONS"/);
    });
  });

  describe("configuration", () => {
    it("is one for each function", async () => {
      await createUrl(echo);
      await assert.rejects(
        local.lambda.createFunctionUrlConfig({
          functionName: "resize",
          urlId: "other",
          config: { authType: "NONE" },
        }),
        {
          code: "ResourceConflictException",
          message:
            "Failed to create function url config for [functionArn = arn:aws:lambda:eu-west-1:123456789012:function:resize]. Error message:  FunctionUrlConfig exists for this Lambda function",
        },
      );
    });

    it("needs the function", () =>
      assert.rejects(
        local.lambda.createFunctionUrlConfig({
          functionName: "missing",
          urlId: "abc",
          config: { authType: "NONE" },
        }),
        { code: "ResourceNotFoundException" },
      ));

    for (const [name, config, code] of [
      ["an unknown kind of callers", { authType: "ALL" as "NONE" }, "ValidationException"],
      ["streams", { invokeMode: "RESPONSE_STREAM" }, "NotImplemented"],
      ["unknown methods", { cors: { allowMethods: ["OPTIONS"] } }, "ValidationException"],
      ["too long a preflight", { cors: { maxAge: 86_401 } }, "ValidationException"],
      [
        "credentials for any origin",
        { cors: { allowCredentials: true, allowOrigins: ["*"] } },
        "InvalidParameterValueException",
      ],
      [
        "too many origins",
        { cors: { allowOrigins: Array.from({ length: 101 }, (_, n) => `https://o${n}.test`) } },
        "ValidationException",
      ],
    ] as const) {
      it(`refuses ${name}`, () => assert.rejects(createUrl(echo, config), { code }));
    }

    it("can be replaced, and the URL stays", async () => {
      await createUrl(echo, { authType: "AWS_IAM" });
      openToPublic();
      assert.equal((await call(`http://${host}/`)).status, 403);
      local.lambda.urls.update("resize", { authType: "NONE" });
      assert.equal((await call(`http://${host}/`)).status, 200);
    });

    it("goes with the function, or alone", async () => {
      await createUrl(echo);
      openToPublic();
      local.lambda.urls.delete("resize");
      const { status, body, headers } = await call(`http://${host}/`);
      const code = headers["x-amzn-errortype"];
      assert.deepEqual([status, body, code], [403, '{"Message":null}', "AccessDeniedException"]);
      const message = "The resource you requested does not exist.";
      assert.throws(
        () => {
          local.lambda.urls.update("resize", { authType: "NONE" });
        },
        { code: "ResourceNotFoundException", message },
      );
      await assert.doesNotReject(local.invoke({}));
    });
  });

  it("keep their ports over restarts and free them when they stop", async () => {
    await createUrl(echo);
    const before = host;
    const { lambda } = local;
    await lambda.urls.stop();
    await assert.rejects(call(`http://${before}/`), { code: "ECONNREFUSED" });
    const urls = new FunctionUrls({
      account,
      authenticator: iam,
      clock: () => new Date(),
      dataDir: local.dataDir,
      invoker: lambda,
      metrics: { put: () => undefined },
      notify: () => undefined,
    });
    assert.equal(await urls.hostOf("resize"), before);
    await urls.stop();
  });

  it("publish metrics", async () => {
    await createUrl(echo);
    await call(`http://${host}/`);
    const url = local.metrics.filter(({ name }) => /^Url\dxx|^UrlRequestC/.test(name));
    assert.deepEqual(
      url.map(({ name, value, dimensions }) => [name, value, dimensions]),
      [
        ["UrlRequestCount", 1, { FunctionName: "resize" }],
        ["Url4xxCount", 1, { FunctionName: "resize" }],
        ["Url5xxCount", 0, { FunctionName: "resize" }],
      ],
    );
  });
});
