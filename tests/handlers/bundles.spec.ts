import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { bundleHandlers, bundlePath } from "../../components/bundle";
import { operationsOf } from "../../components/openapi/routes";
import type { Decision } from "../../handlers/users/tokens/policy";
import { authorizerEvent, stagePolicy } from "./authorizer-event";
import { apiEvent, context, sdkSettings, settings } from "./support";
import { answerJson, audience, useIssuer } from "./token-issuer";

/**
 * Bytes that bundles may have: most of a cold start is to compile them. Twice as many, or more, is what they
 * have when a single generated client of the SDK, or all of the library of schemas, gets in.
 */
const maxBytes: Readonly<Record<string, number>> = {
  // They know image files, and have a parser of forms.
  "upload-image": 360_000,
  "describe-image": 240_000,
  "finalise-upload": 240_000,
  "render-image": 240_000,
  // They keep answers.
  "create-upload": 210_000,
  "process-data": 210_000,
};
const maxBytesOfOthers = 165_000;

/** Of which nothing may be in a bundle. */
const unneeded = [
  "@aws-sdk/client-",
  "@aws-sdk/credential-provider",
  "@aws-sdk/lib-dynamodb",
  "@aws-sdk/nested-clients",
  "zod/v4/classic",
];

/** What is looked at of an operation's answer. */
interface Response {
  statusCode: number;
  body: string;
}

describe("a bundled handler", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "bundle-"));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  for (const operation of operationsOf(true)) {
    it(`of ${operation} runs alone`, async () => {
      // A request that is bad for all.
      const query = { unknown: "1" };
      const headers = { "Content-Type": "image/png" };
      const event = apiEvent({ query, headers, id: randomUUID() });
      const { response, logs } = await runAlone(await bundle(operation), event, {
        ...sdkSettings,
        ...settings,
        USERS_TABLE: "users-table",
        MAX_IMAGES_PER_USER: "0",
        MAX_BYTES_PER_USER: "0",
      });
      const { statusCode, body } = response as Response;
      assert.equal(statusCode, 400);
      assert.equal((JSON.parse(body) as { code: string }).code, "InvalidRequest");
      assert.deepEqual(
        logs.map(({ message, service }) => [message, service]),
        [
          ["received", "service-1"],
          ["failed", "service-1"],
        ],
      );
    });
  }

  describe("of authorize", () => {
    const issuer = useIssuer();

    it("runs alone", async () => {
      // In the place of SSM, too, which is asked for the plan's key.
      issuer().answers.set("/", answerJson({ Parameter: { Value: "plan-key-value" } }));
      const claims = issuer().claims(Math.floor(Date.now() / 1000));
      const event = authorizerEvent({
        headers: { Authorization: [`Bearer ${issuer().token(claims)}`] },
      });
      const { response, logs } = await runAlone(await bundle("authorize"), event, {
        ...sdkSettings,
        AWS_ENDPOINT_URL_SSM: issuer().url,
        OIDC_ISSUER: issuer().url,
        OIDC_AUDIENCE: JSON.stringify([audience]),
        OIDC_USER_CLAIM: "sub",
        API_KEY_PARAMETER: "/plan/key",
      });
      const { policyDocument, usageIdentifierKey } = response as Decision;
      assert.deepEqual(policyDocument, stagePolicy("Allow"));
      assert.equal(usageIdentifierKey, "plan-key-value");
      assert.deepEqual(
        logs.map(({ message }) => message),
        ["received", "started", "finished"],
      );
    });
  });

  it("is as small as can be expected of what it does", () => {
    bundleHandlers();
    const handlers = readdirSync("handlers").filter((file) => file.endsWith(".ts"));
    for (const operation of handlers.map((file) => path.basename(file, ".ts"))) {
      const { size } = statSync(bundlePath(operation));
      assert.ok(size <= (maxBytes[operation] ?? maxBytesOfOthers), `${operation}: ${size} bytes`);
      const { sources } = JSON.parse(readFileSync(`${bundlePath(operation)}.map`, "utf8")) as {
        sources: string[];
      };
      for (const name of unneeded) {
        const found = sources.filter((source) => source.includes(`node_modules/${name}`));
        assert.deepEqual(found, [], operation);
      }
    }
  });

  /** The file of an operation's bundle, without anything beside it. */
  async function bundle(operation: string): Promise<string> {
    bundleHandlers();
    const file = path.join(folder, "handler.js");
    await copyFile(bundlePath(operation), file);
    return file;
  }

  /** Has a process of its own, in an otherwise empty folder, handle an event. */
  async function runAlone(file: string, event: object, more: NodeJS.ProcessEnv) {
    const script = `
      const { createHandler } = require(${JSON.stringify(file)});
      createHandler(process.env)(${JSON.stringify(event)}, ${JSON.stringify(context)})
        .then((response) => console.log(JSON.stringify({ response })));`;
    const env = { ...more, POWERTOOLS_SERVICE_NAME: "service-1", POWERTOOLS_LOG_LEVEL: "INFO" };
    const run = promisify(execFile)(process.execPath, ["-e", script], { cwd: folder, env });
    const { stdout, stderr } = await run;
    const lines = `${stdout}\n${stderr}`.split("\n").filter(Boolean);
    const items = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    return {
      response: items.find((item) => "response" in item)?.response,
      logs: items.filter((item) => "message" in item),
    };
  }
});
