import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sampleImage } from "../../local/cli/sample-image";
import { quote, tokenLine } from "../../local/cli/welcome";
import type { WelcomeFiles } from "../../local/cli/welcome-commands";
import { welcome } from "../../views/welcome";

describe("the commands that npm start prints", () => {
  let dir: string;
  let files: WelcomeFiles;
  const outputs = { apiUrl: "http://127.0.0.1:4000/v1", apiKey: "k3y" };

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "it's here "));
    files = {
      outputs: join(dir, "outputs.json"),
      sampleImage: join(dir, "sample.png"),
      ca: join(dir, "ca.pem"),
    };
    await writeFile(files.outputs, JSON.stringify({ apiKey: "k3y" }));
    await writeFile(files.sampleImage, sampleImage());
  });

  afterEach(() => rm(dir, { recursive: true }));

  function commandsOf(line?: string, config: Readonly<Record<string, string>> = {}): string[] {
    return welcome({ outputs, files, tokenLine: line, config, quote });
  }

  /** What curl is asked for when the commands are pasted, a word a line. */
  function paste(commands: readonly string[]): string[] {
    // Stands for curl: prints its arguments, one a line, or the answer of POST /process. And for npm,
    // which prints a token that says for whom.
    const tools = `curl() {
      case "$*" in
        *-s*/process*) echo '{"url": "https://cdn/result"}' ;;
        *) printf '%s\\n' "$@" ;;
      esac
    }
    npm() { printf 'token(%s)\\n' "$*"; }`;
    const script = [tools, ...commands].join("\n");
    return execFileSync("sh", ["-euc", script], { encoding: "utf8" }).split("\n");
  }

  it("work when pasted, wherever the files are, and do not show the key", () => {
    const commands = commandsOf();
    assert.ok(!commands.join().includes("k3y"));
    const printed = paste(commands);
    assert.ok(printed.includes("http://127.0.0.1:4000/v1/health"));
    assert.ok(printed.includes("http://127.0.0.1:4000/v1/images?userId=me&urls=true"));
    assert.ok(printed.includes("x-api-key: k3y"));
    assert.ok(printed.includes(files.ca) && printed.includes("https://cdn/result"));
    assert.ok(!printed.join().includes("/me,"));
  });

  it("ask by a token where the stack takes tokens, and name no user", () => {
    const local = "http://127.0.0.1:4010";
    const printed = paste(commandsOf(tokenLine(local, local, dir)));
    const bearer = `Authorization: Bearer token(run --silent token -- --user ada --data ${dir})`;
    assert.equal(printed.filter((word) => word === bearer).length, 3);
    assert.ok(printed.includes("http://127.0.0.1:4000/v1/me"));
    assert.ok(printed.includes("http://127.0.0.1:4000/v1/images?urls=true"));
    assert.ok(printed.includes("https://cdn/result"));
    assert.ok(!printed.some((word) => /x-api-key|userId/.test(word)));
  });

  it("ask by the key as well where that is allowed beside a token", () => {
    const printed = paste(commandsOf("TOKEN=any", { "darkroom:allowApiKeys": "true" }));
    assert.ok(printed.includes("Authorization: Bearer any"));
    assert.ok(printed.includes("x-api-key: k3y"));
  });

  it("find names of the stack's own on this machine, whose certificates they trust", () => {
    const [line = ""] = welcome({
      outputs: {
        apiUrl: "https://api.example.com/v1",
        domainTargets: {
          "api.example.com": "127.0.0.1:4001",
          "images.example.com": "127.0.0.1:4002",
        },
      },
      files,
      tokenLine: undefined,
      config: {},
      quote,
    });
    assert.equal(
      line,
      `curl() { command curl --cacert ${quote(files.ca)}` +
        " --connect-to api.example.com:443:127.0.0.1:4001" +
        ' --connect-to images.example.com:443:127.0.0.1:4002 "$@"; }',
    );
    assert.equal(commandsOf()[0], "API_URL=http://127.0.0.1:4000/v1");
  });

  it("are none without an API", () => {
    assert.deepEqual(welcome({ outputs: {}, files, tokenLine: undefined, config: {}, quote }), []);
  });
});
