import { strict as assert } from "node:assert";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

import { ownAddresses } from "../../local/aws/own-addresses";
import { sampleImage } from "../../local/cli/sample-image";
import { lastIssuerOf } from "../../local/issuer/issuer";
import { uploadDirectly } from "../e2e/support/direct-uploads";
import { connect } from "../e2e/support/stack";
import { type LocalRun, startLocalRun } from "../support/local-run";

const projectDir = join(__dirname, "..", "..");

/** Pastes lines into a shell in the project's folder, whose curl fails for what is refused. */
async function paste(lines: readonly string[]): Promise<string> {
  const script = ['curl() { command curl --silent --show-error --fail "$@"; }', ...lines];
  const { stdout } = await promisify(execFile)("sh", ["-euc", script.join("\n")], {
    cwd: projectDir,
  });
  return stdout;
}

/** The commands that a run prints, to be pasted. */
function commandsOf(run: LocalRun): string[] {
  return run
    .output()
    .split("\n")
    .filter((line) => /^([A-Z_]+=|curl )/.test(line));
}

describe("a local run with users", function () {
  this.timeout(180_000);
  let run: LocalRun;

  before(async () => {
    run = await startLocalRun(["-c", "oidcIssuer=local"]);
  });
  after(() => run.remove());

  it("prints commands that work when they are pasted, with a token alone", async () => {
    const commands = commandsOf(run);
    assert.doesNotMatch(commands.join("\n"), /API_KEY/);
    const output = await paste([
      ...commands,
      'echo; curl "$API_URL/me" -H "Authorization: Bearer $TOKEN"',
    ]);
    const me = JSON.parse(output.trim().split("\n").at(-1) ?? "") as Record<string, unknown>;
    assert.equal(me.userId, "ada");
    assert.equal(me.isAdmin, false);
    assert.equal((me.images as { count: number }).count, 1);
  });

  it("takes the token of an admin as such, and prints neither it nor a word of its issuer's package", async () => {
    const [url = ""] = commandsOf(run).filter((line) => line.startsWith("API_URL="));
    const token = `$(npm run --silent token -- --user root --admin --data ${run.dataDir})`;
    const me = JSON.parse(
      await paste([url, `TOKEN=${token}`, 'curl "$API_URL/me" -H "Authorization: Bearer $TOKEN"']),
    ) as Record<string, unknown>;
    assert.deepEqual([me.userId, me.isAdmin], ["root", true]);
    assert.doesNotMatch(run.output(), /oidc-provider|Bearer ey/);
  });

  it("names its issuer to tools and in the stack's outputs", () => {
    const { outputs } = connect(run.dataDir);
    const issuer = lastIssuerOf(run.dataDir)?.url;
    assert.equal((outputs as { oidcIssuer?: string }).oidcIssuer, issuer);
  });
});

describe("a local run with users and keys, at another address of this machine", function () {
  this.timeout(180_000);
  // Linux has all of 127.0.0.0/8.
  const host = process.platform === "linux" ? "127.0.0.2" : (ownAddresses()[0] ?? "");
  let run: LocalRun;

  before(async () => {
    run = await startLocalRun([
      "--no-policy",
      "--config-path",
      `--host=${host}`,
      ...["-c", "oidcIssuer=local", "-c", "allowApiKeys=true", "-c", "oidcAudience[0]=other"],
    ]);
  });
  after(() => run.remove());

  it("prints commands for both that work when they are pasted", async () => {
    const commands = commandsOf(run);
    assert.match(commands.join("\n"), /^curl .*x-api-key: \$API_KEY/m);
    assert.match(await paste(commands), /sample\.png/);
  });

  it("serves all but its issuer there, and there alone", async () => {
    const stack = connect(run.dataDir);
    const { outputs, cdnPlainHttp = {}, credentials } = stack;
    const endpoints = JSON.parse(
      readFileSync(join(run.dataDir, "endpoints.json"), "utf8"),
    ) as Record<string, unknown>;
    const { apiUrl, cdnUrl, imagesCdnUrl } = outputs;
    const { aws, page, oidcIssuer } = endpoints;
    const urls = [apiUrl, cdnUrl, imagesCdnUrl, ...Object.values(cdnPlainHttp), aws, page];
    assert.deepEqual([...new Set(urls.map((url) => new URL(String(url)).hostname))], [host]);
    assert.equal(new URL(String(oidcIssuer)).hostname, "127.0.0.1");

    for (const url of [apiUrl, page].map(String)) {
      await assert.rejects(fetch(url.replace(host, "127.0.0.1")));
    }
    assert.match(await (await fetch(String(page))).text(), /<title>darkroom/);
    const images = await fetch(`${apiUrl}/images`, { headers: credentials });
    assert.equal(images.status, 200);
    for (const url of Object.values(cdnPlainHttp)) {
      assert.equal((await fetch(`${url}/none`)).headers.get("via")?.includes("CloudFront"), true);
    }
    const { upload } = await uploadDirectly(stack, sampleImage());
    assert.equal(new URL(upload.url).hostname, host);
  });
});
