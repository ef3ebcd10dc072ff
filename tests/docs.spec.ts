import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync, statSync } from "node:fs";
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

/** The anchors of headings, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  const headings = [...proseOf(page).matchAll(/^#+ +(.*)$/gm)].map(([, heading = ""]) =>
    heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, "")
      .replaceAll(" ", "-"),
  );
  return headings.map((anchor, index) => {
    const before = headings.slice(0, index).filter((each) => each === anchor).length;
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
}

describe("the documentation", () => {
  it("leads to files and headings that there are", () => {
    const lost = pages.flatMap((page) =>
      targetsOf(page).flatMap(({ target }) => {
        const [file = "", anchor] = target.split("#");
        const at = file === "" ? page : path.join(path.dirname(page), file);
        if (!existsSync(at)) {
          return [`${page}: ${target}`];
        }
        const isPage = anchor !== undefined && at.endsWith(".md");
        return isPage && !anchorsOf(at).includes(anchor) ? [`${page}: ${target}`] : [];
      }),
    );
    assert.deepEqual(lost, []);
  });

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
