import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { preProcessFile } from "typescript";

const projectDir = join(__dirname, "..");
const otherFolders = ["node_modules", "dist", "bundle"];

/** The TypeScript files in a folder, as absolute paths. */
function sourcesIn(dir: string): string[] {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) {
      const isOther = otherFolders.includes(entry.name) || entry.name.startsWith(".");
      return isOther ? [] : sourcesIn(path);
    }
    return /\.tsx?$/.test(entry.name) ? [path] : [];
  });
}

/** The files of the project that a file imports, be it for a type alone. */
function importsOf(file: string, sources: ReadonlySet<string>): string[] {
  return preProcessFile(readFileSync(file, "utf8"))
    .importedFiles.filter(({ fileName }) => fileName.startsWith("."))
    .map(({ fileName }) => resolve(file, "..", fileName))
    .flatMap((path) =>
      [path, `${path}.ts`, `${path}.tsx`, join(path, "index.ts")].filter((it) => sources.has(it)),
    );
}

/** The circles in a graph, each as a path whose last node imports its first. */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const visit = (node: string, path: readonly string[]) => {
    if (path.includes(node)) {
      found.push(path.slice(path.indexOf(node)));
    } else if (!done.has(node)) {
      for (const next of graph.get(node) ?? []) {
        visit(next, [...path, node]);
      }
      done.add(node);
    }
  };
  for (const node of graph.keys()) {
    visit(node, []);
  }
  return found;
}

describe("the files of the project", () => {
  it("import each other in no circle", function () {
    this.timeout(60_000);
    const sources = new Set(sourcesIn(projectDir));
    const graph = new Map([...sources].map((file) => [file, importsOf(file, sources)]));
    const imports = [...graph.values()].flat().length;
    assert.ok(imports > sources.size, `${imports} imports in ${sources.size} files`);
    const names = circles(graph).map((circle) => circle.map((file) => relative(projectDir, file)));
    assert.deepEqual(names, []);
  });

  it("would be found in a circle, however long and wherever it begins", () => {
    const graph = new Map([
      ["a", ["b"]],
      ["b", ["c", "d"]],
      ["c", []],
      ["d", ["e"]],
      ["e", ["b"]],
      ["f", ["f"]],
    ]);
    assert.deepEqual(circles(graph), [["b", "d", "e"], ["f"]]);
  });
});

describe("the folders of the project", () => {
  const forbidden = [
    ["handlers/get-image.ts", "@pulumi/aws"],
    ["handlers/http/cors.ts", "../../components/api"],
    ["handlers/http/cors.ts", "../../local/cloud"],
    ["components/openapi/cors.ts", "../../local/cloud"],
    ["components/api/api.ts", "../policy-pack/policies/tags"],
    ["index.ts", "./local/cloud"],
    ["local/aws/arn.ts", "../../handlers/http/cors"],
    ["local/tests/aws/arn.spec.ts", "../../../components/api"],
    ["local/cloud.ts", "../policy-pack/policies/tags"],
    ["policy-pack/index.ts", "../components/api"],
    ["views/images.tsx", "../components/api"],
    ["views/images/upload.ts", "../../local/cloud"],
    ["views/welcome.ts", "../local/cli/welcome"],
    ["views/welcome.ts", "../handlers/http/schemas"],
    ["policy-pack/policies/tags.ts", "../../handlers/http/cors"],
  ] as const;
  const allowed = [
    ["handlers/get-image.ts", "./http/cors"],
    ["components/api/api.ts", "../handlers/http/cors"],
    ["index.ts", "./components/api"],
    ["local/plugin/server.ts", "./handlers"],
    ["policy-pack/index.ts", "./policies/tags"],
    ["views/images.tsx", "../local/page/ui/kit"],
    ["views/images.tsx", "../handlers/renditions/operations"],
    ["views/welcome.ts", "../local/cli/welcome-commands"],
    ["tests/support/users-run.ts", "../../local/cloud"],
  ] as const;

  let complaints: ReadonlySet<string>;

  before("lint a project of such files", function () {
    this.timeout(60_000);
    complaints = complaintsOf([...forbidden, ...allowed]);
  });

  for (const [file, path] of forbidden) {
    it(`are kept apart: ${file} must not import ${path}`, () => {
      assert.ok(complaints.has(`${file}: ${path}`));
    });
  }

  for (const [file, path] of allowed) {
    it(`may know each other: ${file} may import ${path}`, () => {
      assert.ok(!complaints.has(`${file}: ${path}`));
    });
  }
});

/** What the linter finds, of which more than this is known. */
interface Report {
  diagnostics: readonly { code: string; message: string; filename: string }[];
}

/** The imports that the linter has something against, as `file: path`. */
function complaintsOf(imports: readonly (readonly [file: string, path: string])[]): Set<string> {
  const dir = mkdtempSync(join(tmpdir(), "imports-"));
  try {
    for (const [file, path] of imports) {
      mkdirSync(join(dir, dirname(file)), { recursive: true });
      appendFileSync(join(dir, file), `import "${path}";\n`);
    }
    return restrictedImports(lint(dir));
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** Lints a folder by the project's rules. */
function lint(dir: string): Report {
  copyFileSync(join(projectDir, "oxlint.config.mts"), join(dir, "oxlint.config.mts"));
  mkdirSync(join(dir, "node_modules"));
  for (const name of ["@eslint", "oxlint", "typescript-eslint"]) {
    symlinkSync(join(projectDir, "node_modules", name), join(dir, "node_modules", name));
  }
  const oxlint = join(projectDir, "node_modules/oxlint/bin/oxlint");
  const { stdout, stderr } = spawnSync(process.execPath, [oxlint, "--format", "json"], {
    cwd: dir,
    encoding: "utf8",
  });
  assert.ok(stdout.startsWith("{"), stdout + stderr);
  return JSON.parse(stdout) as Report;
}

function restrictedImports({ diagnostics }: Report): Set<string> {
  return new Set(
    diagnostics
      .filter(({ code }) => code === "eslint(no-restricted-imports)")
      .map(({ filename, message }) => `${filename}: ${message.split("'")[1] ?? ""}`),
  );
}
