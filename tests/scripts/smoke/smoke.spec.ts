import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { UserError } from "../../../local/cli/user-error";
import { parseSmokeOptions } from "../../../scripts/smoke/options";
import {
  checksOf,
  formatOutcomes,
  isPassed,
  type Outcome,
  smoke,
} from "../../../scripts/smoke/smoke";
import { findTarget, type Target } from "../../../scripts/smoke/target";

const never = new AbortController().signal;

/** What a stack answers that is broken, by method and path. */
type Answers = (request: IncomingMessage, response: ServerResponse) => void;

describe("smoke", () => {
  let server: Server;
  let requests: string[];
  let answers: Answers;
  let target: Target;

  beforeEach(async () => {
    requests = [];
    server = createServer((request, response) => {
      requests.push(`${request.method ?? ""} ${(request.url ?? "").split("?")[0] ?? ""}`);
      answers(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    target = {
      outputs: {
        ...{ apiUrl: url, apiKey: "key", cdnUrl: url, imagesCdnUrl: url },
        ...{ imagesBucket: "a", renditionsBucket: "b", resultsBucket: "c" },
        alertTopicArn: "arn:aws:sns:eu-west-1:123456789012:alerts",
      },
      credentials: { "x-api-key": "key" },
      isLocal: false,
      cloudWatch: new CloudWatchClient({
        ...{ region: "eu-west-1", endpoint: url, maxAttempts: 1 },
        credentials: { accessKeyId: "a", secretAccessKey: "b" },
      }),
      bucketUrl: (name) => `${url}/${name}`,
    };
  });

  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const json = (response: ServerResponse, status: number, body: object) => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };

  it("finds everything wrong with what answers 200 to all, and reads alone", async () => {
    answers = (_request, response) => {
      json(response, 200, {});
    };
    const outcomes = await smoke(target, checksOf({ write: false }), never);
    const fine = outcomes.filter(({ result }) => result !== "failed").map(({ name }) => name);
    assert.deepEqual(fine, ["API: GET /health answers"]);
    assert.equal(isPassed(outcomes), false);
    // Those of CloudWatch are POSTs that read.
    const writing = requests.filter((line) => /^(POST \/images|PATCH|DELETE)/.test(line));
    assert.deepEqual(writing, []);
  });

  it("says of what does not answer that it does not", async () => {
    answers = (request) => request.socket.destroy();
    const outcomes = await smoke(target, checksOf({ write: true }), never);
    assert.ok(outcomes.every(({ result }) => result === "failed"));
    assert.match(outcomes[1]?.detail ?? "", /^no answer: /);
  });

  it("deletes the image also if it cannot be rendered, and fails", async () => {
    answers = ({ method, url = "" }, response) => {
      if (method === "POST") {
        json(response, 201, { imageId: "7" });
      } else if (method === "DELETE") {
        response.writeHead(204).end();
      } else if (url.startsWith("/images/7/url")) {
        json(response, 500, { code: "InternalError" });
      } else {
        json(response, 200, { metadata: { perceptualHash: "0" } });
      }
    };
    const outcomes = await smoke(target, checksOf({ write: true }).slice(-1), never);
    assert.deepEqual(
      outcomes.map(({ result, detail }) => [result, detail]),
      [["failed", "expected 200 with a signed URL; the answer was 500 InternalError"]],
    );
    assert.deepEqual(requests, [
      "POST /images",
      "GET /images/7",
      "GET /images/7/url",
      "DELETE /images/7",
    ]);
  });

  it("deletes the image also if it is interrupted while it waits", async () => {
    const interruption = new AbortController();
    answers = ({ method }, response) => {
      if (method === "POST") {
        json(response, 201, { imageId: "7" });
      } else if (method === "DELETE") {
        response.writeHead(204).end();
      } else {
        json(response, 200, { metadata: {} });
        interruption.abort();
      }
    };
    await smoke(target, checksOf({ write: true }).slice(-1), interruption.signal);
    assert.deepEqual(requests.slice(-1), ["DELETE /images/7"]);
  });

  it("names the image that it could not delete", async () => {
    answers = ({ method }, response) => {
      json(response, method === "POST" ? 201 : 500, { imageId: "7", code: "InternalError" });
    };
    const [outcome] = await smoke(target, checksOf({ write: true }).slice(-1), never);
    assert.equal(
      outcome?.detail,
      "expected 204 of DELETE /images/7, which may be left behind; the answer was 500 InternalError",
    );
  });

  it("leaves out what a stack without API keys can only be asked with a token", async () => {
    answers = (_request, response) => {
      json(response, 401, { error: "No.", code: "Unauthorized", requestId: "1" });
    };
    const outcomes = await smoke(target, checksOf({ write: true }), never);
    const left = outcomes.filter(({ result }) => result === "not checked");
    assert.deepEqual(
      left.map(({ name }) => name),
      ["API: images can be listed", "An image is uploaded, rendered at the CDN, and deleted"],
    );
    assert.ok(left.every(({ detail }) => detail.includes("SMOKE_TOKEN")));
  });
});

describe("A report of smoke", () => {
  const outcomes: Outcome[] = [
    { name: "Health", result: "ok", detail: "200" },
    { name: "List", result: "failed", detail: "expected 200; the answer was 500" },
    { name: "TLS", result: "not checked", detail: "a local run has plain HTTP" },
  ];

  it("is a table with a sum", () => {
    assert.equal(
      formatOutcomes(outcomes),
      [
        "ok      Health  200",
        "FAILED  List    expected 200; the answer was 500",
        "-       TLS     a local run has plain HTTP",
        "",
        "1 ok, 1 failed, 1 not checked",
      ].join("\n"),
    );
  });

  it("passes only if nothing failed and something was looked at", () => {
    assert.equal(isPassed(outcomes), false);
    assert.equal(isPassed(outcomes.slice(0, 1)), true);
    assert.equal(isPassed(outcomes.slice(2)), false);
  });
});

describe("The target of smoke", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "smoke-"));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const outputs = {
    ...{ apiUrl: "https://a.example/v1", apiKey: "key" },
    ...{ cdnUrl: "https://b.example", imagesCdnUrl: "https://c.example" },
    ...{ imagesBucket: "a", renditionsBucket: "b", resultsBucket: "c" },
    alertTopicArn: "arn:aws:sns:eu-west-1:123456789012:alerts",
  };

  const write = (value: object) => {
    const file = join(folder, "outputs.json");
    writeFileSync(file, JSON.stringify(value));
    return parseSmokeOptions(["--outputs", file]);
  };

  it("is the deployed stack of the outputs, in the region of its topic", async () => {
    const target = findTarget(write(outputs), undefined);
    assert.equal(target.isLocal, false);
    assert.deepEqual(target.credentials, { "x-api-key": "key" });
    assert.equal(await target.cloudWatch.config.region(), "eu-west-1");
    assert.equal(target.bucketUrl("a"), "https://a.s3.eu-west-1.amazonaws.com/");
  });

  it("is asked with a token, if there is one", () => {
    const { credentials } = findTarget(write(outputs), "abc");
    assert.deepEqual(credentials, { authorization: "Bearer abc" });
  });

  it("is refused without its outputs, and says which are missing", () => {
    const { alertTopicArn, ...others } = outputs;
    assert.throws(
      () => findTarget(write(others), undefined),
      (error: Error) => {
        assert.ok(error instanceof UserError);
        assert.match(error.message, /has not the outputs of such a stack:[\s\S]*alertTopicArn/);
        return true;
      },
    );
    assert.ok(alertTopicArn);
    const nowhere = parseSmokeOptions(["--outputs", join(folder, "nowhere.json")]);
    assert.throws(
      () => findTarget(nowhere, undefined),
      /There is no .*nowhere.json: --outputs names/,
    );
  });

  it("is the local run in a data folder", () => {
    const emptyFolder = parseSmokeOptions(["--data", folder]);
    assert.throws(
      () => findTarget(emptyFolder, undefined),
      /^UserError: There is no local run in .*: npm start, or name another folder with --data; --outputs names/,
    );
    writeFileSync(join(folder, "outputs.json"), JSON.stringify(outputs));
    assert.deepEqual(findTarget(emptyFolder, undefined).outputs, outputs);
  });

  it("is one", () => {
    assert.throws(() => parseSmokeOptions(["--stack", "a", "--outputs", "b"]), UserError);
    assert.throws(() => parseSmokeOptions(["--stack", "a", "--data", "b"]), {
      message: "--stack and --data each name a stack: give one of them.",
    });
  });
});
