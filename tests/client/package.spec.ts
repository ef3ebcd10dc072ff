import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { typesOf } from "../../client/scripts/types-of.js";
import { formatted } from "../../scripts/formatted";

const run = promisify(execFile);

describe("the client's package", function () {
  this.timeout(60_000);
  const tsc = path.resolve("client/node_modules/typescript/bin/tsc");
  let folder = "";
  /** As it is installed for a program in `folder`. */
  let installed = "";

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "client-"));
    installed = path.join(folder, "node_modules/darkroom-client");
    await run(process.execPath, [tsc, "-p", "client", "--outDir", path.join(installed, "dist")]);
    await copyFile("client/package.json", path.join(installed, "package.json"));
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });

  it("has the types of openapi.users.json; npm run client writes them anew", async () => {
    const file = "client/src/schema.ts";
    const types = await typesOf(await readFile("openapi.users.json", "utf8"));
    assert.equal(await readFile(file, "utf8"), await formatted(types, file));
  });

  it("is built for browsers and Node.js, with types, and needs no other package", async () => {
    const types = await readFile(path.join(installed, "dist/index.d.ts"), "utf8");
    assert.match(types, /export \{[^}]*Darkroom\b/);
    const { outputFiles, metafile } = await build({
      entryPoints: [path.join(installed, "dist/index.js")],
      bundle: true,
      format: "esm",
      platform: "browser",
      metafile: true,
      write: false,
    });
    assert.deepEqual(
      Object.values(metafile.inputs).flatMap(({ imports }) =>
        imports.filter(({ external }) => external),
      ),
      [],
    );
    assert.ok((outputFiles[0]?.contents.length ?? 0) < 20_000);
    const url = pathToFileURL(path.join(installed, "dist/index.js")).href;
    const script = `const { Darkroom } = await import(${JSON.stringify(url)}); console.log(typeof Darkroom);`;
    const { stdout } = await run(process.execPath, ["--input-type=module", "-e", script]);
    assert.equal(stdout, "function\n");
  });

  it("is taken by programs in CommonJS, of JavaScript and of TypeScript", async () => {
    const program = path.join(folder, "index.cts");
    const lines = [
      'import { Darkroom } from "darkroom-client";',
      'export const name: string = new Darkroom({ apiUrl: "http://127.0.0.1/v1", apiKey: "k" }).constructor.name;',
    ];
    await writeFile(program, lines.join("\n"));
    const options = ["--strict", "--skipLibCheck", "--module", "nodenext", "--target", "es2022"];
    await run(process.execPath, [tsc, ...options, program], { cwd: folder });
    const script = `console.log(require(${JSON.stringify(program.replace(/cts$/, "cjs"))}).name);`;
    const { stdout } = await run(process.execPath, ["-e", script]);
    assert.equal(stdout, "Darkroom\n");
  });
});
