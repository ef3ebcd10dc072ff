import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { sampleImage } from "../../cli/sample-image";
import { cdnLines, tokenLine, welcome } from "../../cli/welcome";

describe("welcome", () => {
  const files = { outputs: "/run/outputs.json", sampleImage: "/run/it's.png", ca: "/run/ca.pem" };
  const endpoints = {
    oidcIssuer: "http://127.0.0.1:4010",
    cdnPlainHttp: { "127.0.0.1:1": "http://127.0.0.1:2" },
  };
  const settings = { data: ".local", endpoints, config: { "demo:color": "blue" } };
  let dir: string;

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "welcome-"));
  });

  afterEach(() => rm(dir, { recursive: true }));

  it("has the lines that the program brings, which it tells what they are made of", async () => {
    await mkdir(join(dir, "views"));
    const source =
      "export const welcome = ({ outputs, files, config, tokenLine, quote }: any): string[] =>" +
      " [outputs.url, quote(files.sampleImage), tokenLine, config['demo:color']];";
    await writeFile(join(dir, "views", "welcome.ts"), source);
    const outputs = { url: "http://127.0.0.1:4000/v1", oidcIssuer: endpoints.oidcIssuer };
    assert.deepEqual(welcome(dir, outputs, files, settings).slice(0, 4), [
      "http://127.0.0.1:4000/v1",
      "'/run/it'\\''s.png'",
      "TOKEN=$(npm run --silent token -- --user ada)",
      "blue",
    ]);
  });

  it("names the distributions alone where the program brings no lines", () => {
    assert.deepEqual(welcome(dir, {}, files, settings), cdnLines(endpoints));
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
