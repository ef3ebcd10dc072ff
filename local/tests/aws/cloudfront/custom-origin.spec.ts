import assert from "node:assert/strict";
import { CustomOrigin } from "../../../aws/cloudfront/custom-origin";
import type { CustomOriginOptions } from "../../../aws/cloudfront/custom-origin";
import type { CustomOriginConfig, Origin, OriginCall } from "../../../aws/cloudfront/types";
import { startOriginServer } from "./support/origin-server";
import type { OriginServer } from "./support/origin-server";

const custom: CustomOriginConfig = {
  protocolPolicy: "https-only",
  httpPort: 80,
  httpsPort: 443,
  readTimeoutSeconds: 30,
  connectionAttempts: 3,
  connectionTimeoutSeconds: 10,
};

const call: OriginCall = {
  method: "GET",
  path: "/i/a%20b/width-640",
  query: ["v=1", "v", "w=%2F+x"],
  headers: {},
  secure: true,
  viewerAddress: "192.0.2.2",
};

describe("CustomOrigin", () => {
  let server: OriginServer;
  let origins: CustomOrigin[];

  beforeEach(async () => {
    server = await startOriginServer();
    origins = [];
  });

  afterEach(async () => {
    for (const origin of origins) {
      origin.close();
    }
    await server.stop();
  });

  const make = (
    changes: Partial<Origin> = {},
    config: Partial<CustomOriginConfig> = {},
    options: Partial<CustomOriginOptions> = {},
  ): CustomOrigin => {
    const origin = new CustomOrigin({
      origin: { originId: "server", domainName: server.host, originPath: "", ...changes },
      custom: { ...custom, ...config },
      edge: "e1",
      ...options,
    });
    origins.push(origin);
    return origin;
  };

  it("asks for the path and the query as they came, below the origin's path", async () => {
    const { status, body, headers } = await make({ originPath: "/prod" }).ask(call);
    assert.equal(status, 200);
    assert.equal(body.toString(), "hello");
    assert.equal(headers["content-type"], "text/plain");
    assert.equal(headers.connection, undefined);
    assert.equal(server.asked[0]?.method, "GET");
    assert.equal(server.asked[0].url, "/prod/i/a%20b/width-640?v=1&v&w=%2F+x");
  });

  it("says who asks: host, agent, viewer, request and edge location", async () => {
    await make().ask({ ...call, headers: { "x-forwarded-for": "198.51.100.7", via: "2.0 proxy" } });
    await make().ask(call);
    const [forwarded, direct] = server.asked.map(({ headers }) => headers);
    assert.equal(direct?.host, server.host);
    assert.equal(direct["user-agent"], "Amazon CloudFront");
    assert.equal(direct["x-forwarded-for"], "192.0.2.2");
    assert.equal(direct.via, "1.1 e1.cloudfront.net (CloudFront)");
    assert.match(direct["x-amz-cf-id"] as string, /^[\w-]{54}==$/);
    assert.equal(forwarded?.["x-forwarded-for"], "198.51.100.7,192.0.2.2");
    assert.equal(forwarded.via, "2.0 proxy, 1.1 e1.cloudfront.net (CloudFront)");
    assert.notEqual(forwarded["x-amz-cf-id"], direct["x-amz-cf-id"]);
  });

  it("sends custom headers in place of the viewer's", async () => {
    const customHeaders = [{ name: "X-Origin-Secret", value: "s3cret" }];
    const headers = { "x-origin-secret": "guess", "user-agent": "curl/8", "x-other": "1" };
    await make({ customHeaders }).ask({ ...call, headers });
    assert.equal(server.asked[0]?.headers["x-origin-secret"], "s3cret");
    assert.equal(server.asked[0].headers["user-agent"], "curl/8");
    assert.equal(server.asked[0].headers["x-other"], "1");
  });

  it("signs what it sends", async () => {
    const sign: CustomOriginOptions["sign"] = ({ method, url, headers }) => ({
      ...headers,
      authorization: `${method} ${url} ${headers.host ?? ""}`,
    });
    await make({}, {}, { sign }).ask(call);
    const { authorization } = server.asked[0]?.headers ?? {};
    assert.equal(authorization, `GET /i/a%20b/width-640?v=1&v&w=%2F+x ${server.host}`);
  });

  it("keeps cookies apart", async () => {
    server.respond = (_, response) => {
      response.writeHead(200, { "set-cookie": ["a=1; Secure", "b=2"] }).end();
    };
    const { cookies, headers } = await make().ask(call);
    assert.deepEqual(cookies, ["a=1; Secure", "b=2"]);
    assert.equal(headers["set-cookie"], undefined);
  });

  it("keeps the connection for the next request", async () => {
    const origin = make();
    await origin.ask(call);
    await origin.ask(call);
    const [first, second] = server.asked.map(({ socket }) => socket.remotePort);
    assert.equal(first, second);
  });

  for (const [policy, secure, isHttp] of [
    ["http-only", true, true],
    ["match-viewer", false, true],
    ["match-viewer", true, false],
    ["https-only", false, false],
  ] as const) {
    it(`takes the port of ${isHttp ? "HTTP" : "HTTPS"} by ${policy} for ${secure ? "HTTPS" : "HTTP"}`, async () => {
      const [httpPort, httpsPort] = isHttp ? [server.port, 1] : [1, server.port];
      const config = { protocolPolicy: policy, httpPort, httpsPort };
      const { status } = await make({ domainName: "127.0.0.1" }, config).ask({ ...call, secure });
      assert.equal(status, 200);
    });
  }

  it("fails by 502 where nobody listens", async () => {
    await server.stop();
    await assert.rejects(make().ask(call), { name: "OriginFailure", status: 502 });
  });

  it("tries again, as often as is configured, when a connection breaks", async () => {
    server.respond = (request) => {
      request.socket.destroy();
    };
    const failure = { name: "OriginFailure", status: 502 };
    await assert.rejects(make({}, { connectionAttempts: 2 }).ask(call), failure);
    assert.equal(server.asked.length, 2);
    await assert.rejects(make().ask({ ...call, method: "OPTIONS" }), failure);
    assert.equal(server.asked.length, 3);
  });

  it("answers by what a later attempt brings", async () => {
    const { respond } = server;
    server.respond = (request) => {
      server.respond = respond;
      request.socket.destroy();
    };
    assert.equal((await make().ask(call)).status, 200);
    assert.equal(server.asked.length, 2);
  });

  it("fails by 502 when the body breaks off", async () => {
    server.respond = (request, response) => {
      response.writeHead(200, { "content-length": "10" });
      response.write("hello", () => request.socket.destroy());
    };
    await assert.rejects(make({}, { connectionAttempts: 1 }).ask(call), { status: 502 });
  });

  it("fails by 504 when no response comes in time", async () => {
    server.respond = () => undefined;
    const config = { readTimeoutSeconds: 0.05, connectionAttempts: 2 };
    await assert.rejects(make({}, config).ask(call), { name: "OriginFailure", status: 504 });
    assert.equal(server.asked.length, 2);
  });

  it("fails by 504 when a response stops half-way", async () => {
    server.respond = (_, response) => {
      response.writeHead(200).write("hel");
    };
    const config = { readTimeoutSeconds: 0.05, connectionAttempts: 1 };
    await assert.rejects(make({}, config).ask(call), { status: 504 });
  });

  it("fails by 504 when all of it takes too long, and does not try again", async () => {
    server.respond = () => undefined;
    const config = { completionTimeoutSeconds: 0.05 };
    await assert.rejects(make({}, config).ask(call), { status: 504 });
    assert.equal(server.asked.length, 1);
  });

  for (const domainName of [
    "example.com",
    "169.254.169.254",
    "127.0.0.1.example.com",
    "127.0.0.1:80:80",
    "0.0.0.0:80",
    "abc.lambda-url.us-east-1.on.aws",
  ]) {
    it(`refuses ${domainName}, which is not on this machine`, () => {
      assert.throws(() => make({ domainName }), { code: "NotImplemented" });
    });
  }
});
