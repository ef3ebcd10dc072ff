import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync, type BuildOptions } from "esbuild";
import { CodeSources } from "../../../aws/lambda/code-sources";
import { SourceFrames } from "../../../aws/lambda/source-frames";

describe("SourceFrames", () => {
  let folder: string;
  let taskRoot: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "frames-"));
    taskRoot = join(folder, "task");
    mkdirSync(taskRoot);
    mkdirSync(join(folder, "src"));
    writeFileSync(join(folder, "src/main.ts"), "\n\nexport const handler = () => null;\n");
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** Builds into `dist`, and puts what is built where an archive has it. */
  function frames(sourcemap: "external" | "inline", sources = new Map<string, string>()) {
    const options: BuildOptions = {
      entryPoints: ["src/main.ts"],
      outdir: "dist",
      format: "cjs",
    };
    buildSync({ ...options, absWorkingDir: folder, sourcemap });
    writeFileSync(join(taskRoot, "main.js"), readFileSync(join(folder, "dist/main.js")));
    return new SourceFrames({ taskRoot, sources: new CodeSources(sources), sourceDir: folder });
  }

  /** Where the built file has the handler, and where a line of a log says that it is. */
  function lines(): [string, string] {
    const rows = readFileSync(join(taskRoot, "main.js"), "utf8").split("\n");
    const row = rows.findIndex((text) => text.startsWith("const handler"));
    const frame = (place: string) => `{"stack":"Error: no\\n    at handler (${place})"}`;
    return [frame(`${taskRoot}/main.js:${row + 1}:7`), frame("src/main.ts:3:14")];
  }

  it("puts lines of sources into a line of a log, by the map beside what the archive has", () => {
    const shown = frames("external", new Map([["", join(folder, "dist")]]));
    const [line, expected] = lines();
    assert.equal(shown.inLine(line), expected);
  });

  it("goes by a map inside the file itself", () => {
    const shown = frames("inline");
    const [line] = lines();
    assert.match(shown.inLine(line), /main\.ts:3:14/);
  });

  it("does not go by a map that is of other code by now", () => {
    const shown = frames("external", new Map([["", join(folder, "dist")]]));
    writeFileSync(join(folder, "dist/main.js"), "");
    const [line] = lines();
    assert.match(shown.inLine(line), /at handler \(main\.js:\d+:7\)/);
  });

  it("leaves other lines, and places elsewhere, as they are", () => {
    const shown = frames("external");
    for (const line of ["ready", "at f (/elsewhere/main.js:1:2)"]) {
      assert.equal(shown.inLine(line), line);
    }
  });
});
