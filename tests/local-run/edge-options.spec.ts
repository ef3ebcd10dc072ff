import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { sampleImage } from "../../local/cli/sample-image";
import { type InProcessRun, startInProcess } from "../support/in-process-run";

interface Answer {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

/** Requests of an address before the firewall refuses the next; more than the tests before that send. */
const rateLimit = 40;

describe("a stack with all edge options", function () {
  this.timeout(120_000);
  let run: InProcessRun;
  let targets: Record<string, string>;
  let key: Record<string, string>;

  before(async () => {
    run = await startInProcess(
      {},
      {
        domainName: "img.example.com",
        hostedZone: "example.com",
        firewall: "true",
        firewallRateLimit: String(rateLimit),
        "allowedCountries[0]": "DE",
        hsts: "subdomains",
        cdnAccessLogs: "true",
      },
    );
    const { outputs } = run.stack;
    ({ domainTargets: targets } = outputs as typeof outputs & {
      domainTargets: Record<string, string>;
    });
    key = { "x-api-key": outputs.apiKey };
  });
  after(() => run.remove());

  /** Asks a name of the stack's own, which is looked up in the outputs, by a certificate that is verified. */
  async function ask(
    url: string,
    { headers = {}, body }: { headers?: Record<string, string>; body?: Buffer } = {},
  ): Promise<Answer> {
    const { hostname, pathname, search } = new URL(url);
    const [host = "", port] = (targets[hostname] ?? "").split(":");
    const ca = readFileSync(join(run.dataDir, "cloudfront", "ca.pem"), "utf8");
    return await new Promise((resolve, reject) => {
      const options = {
        host,
        port,
        ca,
        servername: hostname,
        path: pathname + search,
        agent: false,
      };
      const outgoing = request(
        {
          ...options,
          method: body ? "POST" : "GET",
          headers: { host: hostname, "user-agent": "test", ...headers },
        },
        (incoming) => {
          text(incoming).then((content) => {
            resolve({
              status: incoming.statusCode ?? 0,
              headers: incoming.headers,
              body: content,
            });
          }, reject);
        },
      );
      outgoing.once("error", reject).end(body);
    });
  }

  const hsts = "max-age=31536000; includeSubDomains";

  it("has its URLs on the names, and says where each leads to", () => {
    const { apiUrl, cdnUrl, imagesCdnUrl } = run.stack.outputs;
    assert.deepEqual(
      [apiUrl, imagesCdnUrl, cdnUrl],
      [
        "https://api.img.example.com/v1",
        "https://images.img.example.com",
        "https://results.img.example.com",
      ],
    );
    assert.deepEqual(Object.keys(targets), [
      "api.img.example.com",
      "images.img.example.com",
      "results.img.example.com",
    ]);
  });

  it("serves an image that is uploaded, by a URL that is signed for the name", async () => {
    const { apiUrl } = run.stack.outputs;
    const uploaded = await ask(`${apiUrl}/images?userId=me`, {
      headers: { ...key, "content-type": "image/png" },
      body: sampleImage(),
    });
    assert.equal(uploaded.status, 201, uploaded.body);
    assert.equal(uploaded.headers["strict-transport-security"], hsts);
    const { imageId } = JSON.parse(uploaded.body) as { imageId: string };
    const signed = await ask(`${apiUrl}/images/${imageId}/url?width=20`, { headers: key });
    const { url } = JSON.parse(signed.body) as { url: string };
    assert.ok(url.startsWith(`https://images.img.example.com/i/${imageId}/`), url);
    const image = await ask(url);
    assert.equal(image.status, 200);
    assert.equal(image.headers["strict-transport-security"], hsts);
    const elsewhere = await ask(url, { headers: { "cloudfront-viewer-country": "FR" } });
    assert.equal(elsewhere.status, 403);
  });

  it("tells a result's URL on the name, and serves it there", async () => {
    const processed = await ask(`${run.stack.outputs.apiUrl}/process`, {
      headers: { ...key, "content-type": "application/json" },
      // More than the 8 KB that AWS's core rule set would let through.
      body: Buffer.from(JSON.stringify({ id: "edge", text: "a".repeat(10_000) })),
    });
    assert.equal(processed.status, 200, processed.body);
    const { url } = JSON.parse(processed.body) as { url: string };
    assert.ok(url.startsWith("https://results.img.example.com/results/"), url);
    assert.equal((await ask(url)).status, 200);
  });

  it("has the header in errors of the gateway and in answers that it makes itself", async () => {
    const { apiUrl } = run.stack.outputs;
    for (const [path, status] of [
      ["/health", 200],
      ["/images", 403],
      ["/nowhere", 404],
    ] as const) {
      const answer = await ask(`${apiUrl}${path}`);
      assert.equal(answer.status, status);
      assert.equal(answer.headers["strict-transport-security"], hsts, path);
    }
  });

  it("says which of AWS's rules it does not know, and that it writes no access logs", () => {
    assert.equal(run.lines.filter((line) => /^The web ACL .*refuses less/.test(line)).length, 2);
    assert.equal(run.lines.filter((line) => line.includes("none is written here")).length, 2);
  });

  it("refuses whoever asks too often, in the shape of errors, the API apart from the CDNs", async () => {
    const { apiUrl, cdnUrl } = run.stack.outputs;
    const refusalOf = async (url: string) => {
      for (let count = 0; count <= rateLimit; count++) {
        const answer = await ask(url);
        if (answer.status === 403 || answer.status === 429) {
          return answer;
        }
      }
      return assert.fail(`${url} is not refused`);
    };
    const ofApi = await refusalOf(`${apiUrl}/health`);
    assert.equal(ofApi.status, 403);
    assert.equal((JSON.parse(ofApi.body) as { code: string }).code, "RequestRefused");
    assert.equal(ofApi.headers["access-control-allow-origin"], "*");
    const ofCdn = await refusalOf(`${cdnUrl}/results/none.json`);
    assert.equal(ofCdn.status, 429);
    assert.equal((JSON.parse(ofCdn.body) as { code: string }).code, "TooManyRequests");
  });
});
