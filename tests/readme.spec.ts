import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { openPaths, operationsOf, routes } from "../components/openapi/routes";
import { policies } from "../policy-pack/policies";

const readme = readFileSync("README.md", "utf8");

/** The cells of all rows of tables, without the marks of code. */
const rows = readme
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) =>
    line.split(" | ").map((cell) => cell.replace(/^\|/, "").replaceAll("`", "").trim()),
  );

interface Declaration {
  type?: string;
  default?: unknown;
}

describe("README.md", () => {
  const { config } = parse(readFileSync("Pulumi.yaml", "utf8")) as {
    config: Record<string, Declaration>;
  };

  for (const [key, declared] of Object.entries(config)) {
    it(`has the type and the default of ${key} as Pulumi.yaml declares them`, () => {
      const [, type, defaultText] = rows.find(([name]) => name === key) ?? [];
      assert.equal(type, declared.type ?? "string");
      if (["boolean", "number"].includes(typeof declared.default)) {
        assert.equal(defaultText, String(declared.default));
      }
    });
  }

  it("lists every route that there is, with users or without", () => {
    const listed = rows.map(([cell = ""]) => cell).filter((cell) => /^[A-Z]+ \//.test(cell));
    const all = operationsOf(true).map((operation) => {
      const { method, path: route } = routes[operation];
      return `${method.toUpperCase()} ${route}`;
    });
    assert.deepEqual([...listed].sort(), [...all, ...openPaths.map((it) => `GET ${it}`)].sort());
  });

  for (const file of ["README.md", "CHANGELOG.md"]) {
    it(`knows how many rules the policy pack has, as ${file} does`, () => {
      const counts = [...readFileSync(file, "utf8").matchAll(/(\d+) rules/g)];
      assert.deepEqual(
        counts.map(([, count]) => Number(count)),
        [policies.length],
      );
    });
  }

  const documents = globSync("docs/**/*.md");
  for (const file of ["README.md", "CONTRIBUTING.md", ...documents]) {
    it(`is one of the documents whose links lead to files, and to headings: ${file}`, () => {
      for (const [, to = "", anchor] of linksOf(readFileSync(file, "utf8"))) {
        const target = to === "" ? file : path.join(path.dirname(file), to);
        assert.ok(existsSync(target), target);
        if (anchor !== undefined) {
          assert.ok(anchorsOf(readFileSync(target, "utf8")).includes(anchor), `${to}#${anchor}`);
        }
      }
    });
  }
});

/** Links to files, and to headings, of the project itself. */
function linksOf(text: string) {
  return text.matchAll(/\]\(([^)#:]*)(?:#([^)]*))?\)/g);
}

/** Names of headings in links, as GitHub makes them. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
