import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { sampleImage } from "../../cli/sample-image";
import { cdnLines, tokenLine, welcomeCommands } from "../../cli/welcome";
import type { WelcomeFiles } from "../../cli/welcome";

describe("welcomeCommands", () => {
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
    const commands = welcomeCommands(outputs, files);
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
    const token = { line: tokenLine(local, local, dir), allowsKeys: false };
    const printed = paste(welcomeCommands(outputs, files, token));
    const bearer = `Authorization: Bearer token(run --silent token -- --user ada --data ${dir})`;
    assert.equal(printed.filter((word) => word === bearer).length, 3);
    assert.ok(printed.includes("http://127.0.0.1:4000/v1/me"));
    assert.ok(printed.includes("http://127.0.0.1:4000/v1/images?urls=true"));
    assert.ok(printed.includes("https://cdn/result"));
    assert.ok(!printed.some((word) => /x-api-key|userId/.test(word)));
  });

  it("ask by the key as well where that is allowed beside a token", () => {
    const token = { line: "TOKEN=any", allowsKeys: true };
    const printed = paste(welcomeCommands(outputs, files, token));
    assert.ok(printed.includes("Authorization: Bearer any"));
    assert.ok(printed.includes("x-api-key: k3y"));
  });

  it("are none without an API", () => {
    assert.deepEqual(welcomeCommands({}, { outputs: "a", sampleImage: "b", ca: "c" }), []);
  });
});

describe("tokenLine", () => {
  const local = "http://127.0.0.1:4010";

  it("names the data folder only where it is not the default one", () => {
    assert.equal(
      tokenLine(local, local, ".local"),
      "TOKEN=$(npm run --silent token -- --user ada)",
    );
    assert.equal(
      tokenLine(local, local, "/tmp/it's"),
      "TOKEN=$(npm run --silent token -- --user ada --data '/tmp/it'\\''s')",
    );
  });

  it("is a comment of a shell where another issuer's tokens are taken", () => {
    assert.equal(
      tokenLine("https://id.example.com", local, ".local"),
      "# TOKEN has to be an access token of https://id.example.com.",
    );
  });
});

describe("cdnLines", () => {
  it("tell browsers each distribution's plain HTTP, as comments of a shell", () => {
    const cdnPlainHttp = {
      "127.0.0.1:1": "http://127.0.0.1:2",
      "127.0.0.1:3": "http://127.0.0.1:4",
    };
    assert.deepEqual(cdnLines({ cdnPlainHttp }), [
      "# In a browser, http://127.0.0.1:2 stands for https://127.0.0.1:1, whose certificate it does not know.",
      "# In a browser, http://127.0.0.1:4 stands for https://127.0.0.1:3, whose certificate it does not know.",
    ]);
    assert.deepEqual(cdnLines({}), []);
  });
});

describe("sampleImage", () => {
  it("is a PNG image", async () => {
    const { format, width, height } = await sharp(sampleImage()).metadata();
    assert.deepEqual({ format, width, height }, { format: "png", width: 64, height: 64 });
  });
});
