import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse } from "yaml";

const file = "docs/upgrade.md";

describe(file, () => {
  it("says of each key of the config, once, what a change of it does and what is noticed", () => {
    const text = readFileSync(file, "utf8");
    const config = text.slice(text.indexOf("## Config"), text.indexOf("## Changes of the program"));
    const rows = [...config.matchAll(/^\| `([\w:]+)` +\| +(\S.*?) +\| +(\S.*?) +\|$/gm)];
    const named = rows.map(([, key = ""]) => key);
    const declared = parse(readFileSync("Pulumi.yaml", "utf8")) as {
      config: Record<string, unknown>;
    };
    assert.deepEqual(named.sort(), Object.keys(declared.config).sort());
  });
});
