import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { strToU8, zipSync } from "fflate";
import { specialAssetSig, specialSigKey } from "@pulumi/pulumi/runtime/rpc";
import { filesOf } from "../../../../policy-pack/lib/code/archive";
import { apigatewayAuthorizerRequireReusablePolicy as policy } from "../../../../policy-pack/policies/apigateway-authorizer-require-reusable-policy";
import { archiveAt, archiveOf, assetOf } from "../../support/archives";
import { restAuthorizer, withCode } from "../../support/authorizers";
import { assertRefused, assertUnjudged, resource, spoiled } from "../../support/harness";

const api = resource("aws:apigateway/restApi:RestApi", "api");
const narrow = `exports.handler = async (event) => ({ policyDocument: { Statement: [
  { Effect: "Allow", Action: "execute-api:Invoke", Resource: event.methodArn },
] } });`;
const handing = `const { policyFor } = require("./lib/policy");
  exports.handler = async (event) => policyFor(event.methodArn);`;
const handed = `exports.policyFor = (arn) => ({ Statement: [{ Effect: "Allow", Resource: arn }] });`;
const problem =
  'aws.apigateway.Authorizer "users" keeps for 300 seconds what aws.lambda.Function "authorize" answers, and takes it for every route, though its policy names the one that was called';

/** A program with an authorizer whose function has the code. */
function programOf(code: unknown, handler = "index.handler") {
  const fn = spoiled(withCode(code), { handler });
  return [api, fn, restAuthorizer(api, fn)];
}

function isRead(code: unknown, handler?: string): Promise<void> {
  return assertRefused(policy, programOf(code, handler), problem);
}

function isNotRead(code: unknown, handler?: string): Promise<void> {
  const unjudged = 'aws.apigateway.Authorizer "users" (code of aws.lambda.Function "authorize")';
  return assertUnjudged(policy, programOf(code, handler), unjudged);
}

describe("the code of a function", () => {
  let dir: string;

  before(async () => {
    dir = await realpath(await mkdtemp(path.join(tmpdir(), "code-")));
    await mkdir(path.join(dir, "src/lib"), { recursive: true });
    await writeFile(path.join(dir, "src/index.js"), handing);
    await writeFile(path.join(dir, "src/lib/policy.js"), handed);
    const files = { "index.js": strToU8(handing), "lib/policy.js": strToU8(handed) };
    await writeFile(path.join(dir, "src.zip"), zipSync(files));
    await writeFile(path.join(dir, "single.js"), narrow);
  });

  after(() => rm(dir, { recursive: true }));

  it("is read from texts, whatever module the handler is in", async () => {
    for (const [file, handler] of [
      ["index.js", "index.handler"],
      ["./index.js", "index.handler"],
      ["index.cjs", "index.handler"],
      ["src/users.js", "src/users.handler"],
      ["src/users/index.js", "src/users.authorize"],
    ] as const) {
      await isRead(archiveOf({ [file]: narrow }), handler);
    }
    const module = narrow.replace("exports.handler", "export const handler");
    await isRead(archiveOf({ "index.mjs": module }));
  });

  it("is read with the files that it loads, and without those that it does not", async () => {
    await isRead(archiveOf({ "index.js": handing, "lib/policy.js": handed }));
    await isRead(archiveOf({ "index.js": handing, "lib/policy/index.js": handed }));
    await isNotRead(archiveOf({ "index.js": handing, "policy.js": handed }));
    await isNotRead(archiveOf({ "index.js": "exports.handler = null;", "other.js": narrow }));
  });

  it("is read from folders, from zip archives and from archives in archives", async () => {
    await isRead(archiveAt(path.join(dir, "src")));
    await isRead(archiveAt(path.join(dir, "src.zip")));
    for (const inner of ["src", "src.zip"]) {
      const nested = { ...archiveOf({}), assets: { app: archiveAt(path.join(dir, inner)) } };
      await isRead(nested, "app/index.handler");
    }
  });

  it("is read from a file that is still the one that the engine has read", async () => {
    const hash = createHash("sha256").update(narrow).digest("hex");
    const location = path.join(dir, "single.js");
    const archive = (file: object) => ({ ...archiveOf({}), assets: { "index.js": file } });
    await isRead(archive(assetOf({ path: location, hash })));
    await isRead(archive(assetOf({ path: location })));
    await isNotRead(archive(assetOf({ path: location, hash: hash.replace(/./g, "0") })));
  });

  it("is not read from what is not there, or is elsewhere", async () => {
    await isNotRead(archiveAt(path.join(dir, "gone")));
    await isNotRead(archiveAt(path.join(dir, "gone.zip")));
    await isNotRead(archiveAt(path.join(dir, "single.js")));
    await isNotRead(archiveOf({ "index.js": narrow }), "another.handler");
    await isNotRead(archiveOf({ "index.py": "def handler(event, context):\n  pass\n" }));
    const remote = { [specialSigKey]: specialAssetSig, uri: "https://example.com/index.js" };
    await isNotRead({ ...archiveOf({}), assets: { "index.js": remote } });
    await isNotRead(undefined);
  });

  it("is found by relative paths from the folder of the shell", () => {
    const before = process.env.PWD;
    process.env.PWD = dir;
    try {
      assert.equal(filesOf(archiveAt("./src"))("lib/policy.js"), handed);
    } finally {
      process.env.PWD = before;
    }
  });
});
