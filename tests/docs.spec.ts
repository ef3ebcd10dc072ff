import assert from "node:assert/strict";
import { globSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

const pages = globSync(["*.md", "docs/**/*.md", "{client,local,policy-pack}/README.md"]).sort();

/** A page without its blocks of code. */
function proseOf(page: string): string {
  return readFileSync(page, "utf8").replace(/^```[\s\S]*?^```$/gm, "");
}

/** Where a page leads to, in this repository; pictures among it. */
function targetsOf(page: string): { target: string; text: string; isPicture: boolean }[] {
  const links = proseOf(page).matchAll(/(!?)\[((?:[^\][]|`[^`]*`)*)\]\(([^)\s]+)\)/g);
  return [...links]
    .map(([, mark, text = "", target = ""]) => ({ target, text, isPicture: mark === "!" }))
    .filter(({ target }) => !/^(https?|mailto):/.test(target));
}

describe("the documentation", () => {
  it("is all listed in its index", () => {
    const listed = targetsOf("docs/README.md").map(({ target }) =>
      path.join("docs", target.split("#")[0] ?? ""),
    );
    const folders = pages.filter((page) => /^docs\/(?:[^/]+|[^/]+\/README)\.md$/.test(page));
    assert.deepEqual(
      folders.filter((page) => page !== "docs/README.md" && !listed.includes(page)),
      [],
    );
  });

  it("says what its pictures show, which are small", () => {
    const shown = pages.flatMap((page) =>
      targetsOf(page)
        .filter(({ isPicture }) => isPicture)
        .map(({ target, text }) => ({ file: path.join(path.dirname(page), target), text })),
    );
    assert.ok(shown.length >= 5);
    for (const { file, text } of shown) {
      assert.ok(text.length > 10, `${file} has words`);
      assert.ok(statSync(file).size <= 120 * 1024, `${file} is small`);
    }
    const pictures = globSync("docs/{pictures,window}/*").sort();
    assert.deepEqual(
      pictures.filter((file) => !shown.some((one) => one.file === file)),
      [],
    );
  });

  it("has drawings that say what they show, and load nothing", () => {
    for (const file of globSync("docs/pictures/*.svg")) {
      const svg = readFileSync(file, "utf8");
      assert.match(svg, /<title id="t">[^<]+<\/title>\s*<desc id="d">[^<]+<\/desc>/, file);
      assert.doesNotMatch(svg, /<script|href=|url\((?!#)|@import/, file);
    }
  });
});
