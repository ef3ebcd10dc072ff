import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scripts } from "../../package.json";

const projectDir = join(__dirname, "..", "..");

interface Ended {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

/** What `npm run <script>` does, without npm's own lines. */
async function run(script: string, args: string[] = [], cwd = projectDir): Promise<Ended> {
  const [, ...command] = script.split(" ");
  const child = spawn(process.execPath, [...command, ...args], { cwd });
  const ended: Ended = { exitCode: null, stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (ended.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (ended.stderr += chunk.toString()));
  [ended.exitCode] = (await once(child, "close")) as [number | null];
  return ended;
}

describe("npm scripts", function () {
  // Each loads all that it may need.
  this.timeout(60_000);

  // `prepare` is npm's own, and `pulumi` hands on what it is given.
  const others = ["prepare", "pulumi"];
  const own = Object.entries(scripts).filter(
    ([name, script]) => script.startsWith("node ") && !others.includes(name),
  );

  /** Options that a command cannot do without. */
  const needed: Partial<Record<string, string[]>> = {
    token: ["--user", "ada"],
    logs: ["get-image"],
  };
  const positional: Partial<Record<string, string>> = {
    bench: " [sections...]",
    logs: " [function]",
  };
  /** What is said of an argument too many; of most, as they take none. */
  const unknown: Partial<Record<string, RegExp>> = {
    bench:
      /^error: command-argument value 'nosuch' is invalid for argument 'sections'\. Allowed .*\n$/,
  };
  const usages: Partial<Record<string, string>> = {
    start: "npm start",
    // So that it prints nothing but a token.
    token: "npm run --silent token",
  };

  for (const [name, script] of own) {
    it(`show their help and do nothing else: ${name}`, async () => {
      const { exitCode, stdout, stderr } = await run(script, ["--help"]);
      assert.deepEqual([exitCode, stderr], [0, ""]);
      const usage = usages[name] ?? `npm run ${name}`;
      assert.equal(stdout.split("\n")[0], `Usage: ${usage} -- [options]${positional[name] ?? ""}`);
    });

    it(`refuse in one sentence what they do not know: ${name}`, async () => {
      const given = needed[name] ?? [];
      const option = await run(script, [...given, "--nosuch"]);
      assert.deepEqual([option.exitCode, option.stdout], [1, ""]);
      assert.match(option.stderr, /^error: unknown option '--nosuch'\n(?:\(Did you mean .*\)\n)?$/);
      const argument = await run(script, [...given, "nosuch"]);
      assert.deepEqual([argument.exitCode, argument.stdout], [1, ""]);
      assert.match(argument.stderr, unknown[name] ?? /^error: too many arguments\. .*\n$/);
    });
  }
});

describe("npm run openapi", function () {
  this.timeout(60_000);
  let dir: string;

  const documents = ["openapi.json", "openapi.users.json"];

  /** A project with the code of the documents alone. In one folder, what is compiled of it is compiled once. */
  before(() => {
    dir = mkdtempSync(join(tmpdir(), "openapi-"));
    for (const part of ["scripts", "package.json", "tsconfig.json", ".oxfmtrc.json"]) {
      cpSync(join(projectDir, part), join(dir, part), { recursive: true });
    }
    for (const part of ["handlers", "local", "node_modules"]) {
      symlinkSync(join(projectDir, part), join(dir, part));
    }
  });

  beforeEach(() => {
    for (const part of ["components", ...documents]) {
      rmSync(join(dir, part), { recursive: true, force: true });
      cpSync(join(projectDir, part), join(dir, part), { recursive: true });
    }
  });

  after(() => {
    rmSync(dir, { recursive: true });
  });

  const edits: [what: string, file: string, from: string, to: string, message: RegExp][] = [
    [
      "a route without an operation",
      "routes.ts",
      '"process-data": {',
      '"list-records": { method: "get", path: "/process" },\n  "process-data": {',
      /the route list-records has no operation/,
    ],
    [
      "an operation without a route",
      "routes.ts",
      '  "process-data": { method: "post", path: "/process" },\n',
      "",
      /the operation process-data has no route/,
    ],
    [
      "two operations of one route",
      "routes.ts",
      '"/uploads/{id}"',
      '"/images"',
      /several operations have the route get \/images/,
    ],
    [
      "two operations of one name",
      "operations/uploads.ts",
      'operationId: "createUpload"',
      'operationId: "uploadImage"',
      /several operations have the id 'uploadImage'/,
    ],
    [
      "a schema that is not there",
      "operations/uploads.ts",
      'jsonResponse("How the upload stands", "Upload"',
      'jsonResponse("How the upload stands", "Nosuch"',
      /Nosuch/,
    ],
    [
      "a parameter that its path lacks",
      "routes.ts",
      '"/images/{id}"',
      '"/images/one"',
      /getImage of \/images\/one takes id from the path, which does not have it/,
    ],
  ];
  for (const [what, file, from, to, message] of edits) {
    it(`refuses ${what}, and leaves the documents as they were`, async () => {
      const source = join(dir, "components/openapi", file);
      const text = readFileSync(source, "utf8");
      assert.ok(text.includes(from));
      writeFileSync(source, text.replace(from, to));
      const { exitCode, stderr } = await run(scripts.openapi, [], dir);
      assert.equal(exitCode, 1);
      assert.match(stderr, /^error: openapi\.json was not written\. /);
      assert.match(stderr, message);
      for (const document of documents) {
        const [written, published] = [dir, projectDir].map((folder) =>
          readFileSync(join(folder, document), "utf8"),
        );
        assert.equal(written, published);
      }
    });
  }

  it("writes the documents anew", async () => {
    for (const document of documents) {
      writeFileSync(join(dir, document), "{}");
    }
    assert.deepEqual(await run(scripts.openapi, [], dir), { exitCode: 0, stdout: "", stderr: "" });
    for (const document of documents) {
      const [written, published] = [dir, projectDir].map(
        (folder) => JSON.parse(readFileSync(join(folder, document), "utf8")) as unknown,
      );
      assert.deepEqual(written, published);
    }
  });

  it("says in one sentence that it cannot write it", async () => {
    rmSync(join(dir, "openapi.json"));
    symlinkSync("nowhere/openapi.json", join(dir, "openapi.json"));
    const { exitCode, stderr } = await run(scripts.openapi, [], dir);
    assert.equal(exitCode, 1);
    assert.equal(
      stderr,
      "error: npm run openapi: openapi.json cannot be written: no such file or directory.\n",
    );
  });
});
