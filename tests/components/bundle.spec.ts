import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BuildOptions, buildSync, type Metafile } from "esbuild";
import { bundleHandlers, bundlePath, bundleWhereChanged } from "../../components/bundle";

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

describe("bundleWhereChanged", () => {
  // In a folder of its own: other tests bundle into the project's, and run what is there.
  let outdir: string;
  let file: string;

  beforeEach(() => {
    outdir = mkdtempSync(path.join(tmpdir(), "darkroom-"));
    file = path.join(outdir, "cors.js");
  });
  afterEach(() => {
    rmSync(outdir, { recursive: true });
  });

  function bundle(): Buffer {
    const options = { entryPoints: ["handlers/http/cors.ts"], outdir };
    bundleWhereChanged(path.join(outdir, "record.json"), options);
    return readFileSync(file);
  }

  it("writes nothing where nothing has changed", () => {
    bundle();
    const { ino } = statSync(file);
    bundle();
    assert.equal(statSync(file).ino, ino);
  });

  it("makes anew a bundle that was changed or removed", () => {
    const made = bundle();
    appendFileSync(file, "tampered");
    assert.ok(made.equals(bundle()));
    rmSync(file);
    assert.ok(made.equals(bundle()));
  });
});
