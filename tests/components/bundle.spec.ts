import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BuildOptions, buildSync, type Metafile } from "esbuild";
import { bundleHandlers, bundlePath } from "../../components/bundle";

describe("bundleHandlers", () => {
  const projectRoot = process.cwd();

  afterEach(() => {
    process.chdir(projectRoot);
  });

  it("makes the same bytes each time, without a trace of where the project lies", () => {
    bundleHandlers(["get-image"]);
    const first = readFileSync(bundlePath("get-image"));
    bundleHandlers(["get-image", "list-images"]);
    assert.ok(first.equals(readFileSync(bundlePath("get-image"))));
    assert.equal(first.includes(projectRoot), false);
  });

  it("writes nothing where nothing has changed", () => {
    bundleHandlers(["get-image"]);
    const { ino } = statSync(bundlePath("get-image"));
    bundleHandlers(["get-image"]);
    assert.equal(statSync(bundlePath("get-image")).ino, ino);
  });

  it("makes anew a bundle that was changed or removed", () => {
    bundleHandlers(["get-image"]);
    const made = readFileSync(bundlePath("get-image"));
    appendFileSync(bundlePath("get-image"), "tampered");
    bundleHandlers(["get-image"]);
    assert.ok(made.equals(readFileSync(bundlePath("get-image"))));
    rmSync(bundlePath("get-image"));
    bundleHandlers(["get-image"]);
    assert.ok(made.equals(readFileSync(bundlePath("get-image"))));
  });

  it("bundles every handler that there is", () => {
    bundleHandlers();
    const handlers = readdirSync("handlers").filter((file) => file.endsWith(".ts"));
    const operations = handlers.map((file) => path.basename(file, ".ts"));
    assert.ok(operations.includes("upload-image"));
    for (const operation of operations) {
      assert.ok(statSync(bundlePath(operation)).size > 0, operation);
    }
  });

  it("puts beside each bundle a map to its sources, to which no bundle refers", () => {
    bundleHandlers(["get-image"]);
    const map = JSON.parse(readFileSync(`${bundlePath("get-image")}.map`, "utf8")) as {
      sources: string[];
      sourcesContent?: string[];
    };
    assert.ok(map.sources.includes("../handlers/get-image.ts"));
    assert.equal(map.sourcesContent, undefined);
    assert.doesNotMatch(readFileSync(bundlePath("get-image"), "utf8"), /sourceMappingURL=/);
  });

  it("leaves beside the bundles how each was made, and of which sources of the project", () => {
    bundleHandlers(["get-image", "get-upload"]);
    const { options, metafile } = JSON.parse(readFileSync("bundle/esbuild.json", "utf8")) as {
      options: BuildOptions;
      metafile: Pick<Metafile, "outputs">;
    };
    const { entryPoint, inputs } = metafile.outputs["bundle/get-image.js"] ?? {};
    assert.equal(entryPoint, "handlers/get-image.ts");
    const sources = Object.keys(inputs ?? {});
    assert.ok(sources.includes("handlers/http/cors.ts"));
    assert.ok(sources.every((source) => source.startsWith("handlers/")));
    const made = readFileSync("bundle/get-image.js");
    const { outputFiles } = buildSync({
      ...options,
      entryPoints: ["handlers/get-image.ts"],
      write: false,
    });
    assert.ok(outputFiles.some(({ contents }) => made.equals(contents)));
  });

  it("leaves no drafts behind", () => {
    bundleHandlers(["get-image"]);
    assert.deepEqual(
      readdirSync("bundle").filter((file) => file.includes(`.${process.pid}`)),
      [],
    );
  });

  it("says which handler cannot be bundled", () => {
    assert.throws(() => {
      bundleHandlers(["no-such-operation"]);
    }, /^Error: The handlers cannot be bundled: .*handlers\/no-such-operation\.ts/s);
  });

  it("refuses to work in a folder to which paths in archives would not be relative", () => {
    const elsewhere = mkdtempSync(path.join(tmpdir(), "darkroom-"));
    try {
      process.chdir(elsewhere);
      assert.throws(() => {
        bundleHandlers(["get-image"]);
      }, /Functions can only be bundled in the project's folder/);
    } finally {
      process.chdir(projectRoot);
      rmSync(elsewhere, { recursive: true });
    }
  });
});
