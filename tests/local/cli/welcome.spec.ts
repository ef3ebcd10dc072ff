import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { sampleImage } from "../../../local/cli/sample-image";
import { cdnLines, welcomeCommands } from "../../../local/cli/welcome";

describe("welcomeCommands", () => {
  it("work when pasted, wherever the files are, and do not show the key", async () => {
    const dir = await mkdtemp(join(tmpdir(), "it's here "));
    const files = {
      outputs: join(dir, "outputs.json"),
      sampleImage: join(dir, "sample.png"),
      ca: join(dir, "ca.pem"),
    };
    await writeFile(files.outputs, JSON.stringify({ apiKey: "k3y" }));
    await writeFile(files.sampleImage, sampleImage());
    const outputs = { apiUrl: "http://127.0.0.1:4000/v1", apiKey: "k3y" };
    const commands = welcomeCommands(outputs, files);
    assert.ok(!commands.join().includes("k3y"));
    // Stands for curl: prints its arguments, one a line, or the answer of POST /process.
    const curl = `curl() {
      case "$*" in
        *-s*/process*) echo '{"url": "https://cdn/result"}' ;;
        *) printf '%s\\n' "$@" ;;
      esac
    }`;
    const script = [curl, ...commands].join("\n");
    const printed = execFileSync("sh", ["-euc", script], { encoding: "utf8" }).split("\n");
    assert.ok(printed.includes("http://127.0.0.1:4000/v1/health"));
    assert.ok(printed.includes("x-api-key: k3y"));
    assert.ok(printed.includes(files.ca) && printed.includes("https://cdn/result"));
    await rm(dir, { recursive: true });
  });

  it("are none without an API", () => {
    assert.deepEqual(welcomeCommands({}, { outputs: "a", sampleImage: "b", ca: "c" }), []);
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
