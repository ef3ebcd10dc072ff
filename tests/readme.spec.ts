import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";

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

  for (const file of ["README.md", "docs/images.md", "docs/signed-urls.md", "docs/renditions.md"]) {
    it(`is one of the documents whose links lead to files: ${file}`, () => {
      const links = [...readFileSync(file, "utf8").matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)];
      assert.ok(links.length > 0);
      for (const [, link = ""] of links) {
        assert.ok(existsSync(path.join(path.dirname(file), link)), link);
      }
    });
  }
});
