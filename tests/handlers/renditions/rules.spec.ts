import assert from "node:assert/strict";
import { readQueryOperations } from "../../../handlers/renditions/renditions";
import { settings } from "./settings";

function problemsOf(query: string, of = settings): string[] {
  const reading = readQueryOperations([...new URLSearchParams(query)], of);
  return "problems" in reading
    ? reading.problems.map(({ field, problem }) => `${field} ${problem}`)
    : [];
}

describe("operations that do nothing together, or alone", () => {
  for (const [query, ...problems] of [
    ["dpr=2", "dpr needs width or height"],
    ["dpr=1", "dpr needs width or height"],
    ["width=8000&dpr=2", "dpr makes 16000 pixels, of 8192 at most"],
    ["height=2049&dpr=4", "dpr makes 8196 pixels, of 8192 at most"],
    ["fit=cover", "fit needs width and height"],
    ["width=3&fit=inside", "fit needs width and height"],
    ["height=3&fit=cover", "fit needs width and height"],
    ["width=3&gravity=north", "gravity needs width and height"],
    ["width=3&height=3&fit=fill&gravity=north", "gravity has no effect with fit fill"],
    ["width=3&height=3&fit=inside&gravity=auto", "gravity has no effect with fit inside"],
    ["width=3&height=3&fit=outside&gravity=0,0.1", "gravity has no effect with fit outside"],
    ["width=3&height=3&fit=contain&gravity=auto", "gravity has no effect with fit contain"],
    ["width=3&height=3&fit=contain&gravity=0.1,0", "gravity has no effect with fit contain"],
    ["background=fff", "background needs fit contain, flatten or format jpeg"],
    ["background=fff&flatten=false", "background needs fit contain, flatten or format jpeg"],
    ["background=fff8&flatten=true", "background must be opaque with flatten or format jpeg"],
    [
      "width=3&height=3&fit=contain&background=fff8&format=jpeg",
      "background must be opaque with flatten or format jpeg",
    ],
    ["enlarge=true", "enlarge needs width or height"],
    ["quality=3&format=png", "quality has no effect with format png"],
    ["quality=3&format=gif", "quality has no effect with format gif"],
    ["frames=3&format=jpeg", "frames has no effect with format jpeg"],
    ["frames=3&format=png", "frames has no effect with format png"],
    ["frames=3&format=avif", "frames has no effect with format avif"],
    [
      "dpr=2&fit=fill&gravity=auto&background=000&enlarge=true&quality=3&frames=3&format=png",
      "dpr needs width or height",
      "fit needs width and height",
      "gravity needs width and height",
      "background needs fit contain, flatten or format jpeg",
      "enlarge needs width or height",
      "quality has no effect with format png",
      "frames has no effect with format png",
    ],
    ["width=3&width=3", "width must be given only once"],
    [
      "wdith=3&wdith=3",
      "wdith is not accepted (did you mean width?)",
      "wdith must be given only once",
    ],
  ] as const) {
    it(`are refused: ${query}`, () => {
      assert.deepEqual(problemsOf(query), problems);
    });
  }

  for (const query of [
    "width=3&dpr=4",
    "width=3&height=3&fit=contain&gravity=north&background=fff8",
    "width=3&height=3&fit=cover&gravity=auto",
    "flatten=true&background=000",
    "format=jpeg&background=000",
    "enlarge=false",
    "frames=3",
    "frames=3&format=gif",
    "quality=3",
    "quality=3&format=webp&frames=3",
    "watermark=north",
    "blur=1&sharpen=1&grayscale=true",
  ]) {
    it(`are accepted where they do something: ${query}`, () => {
      assert.deepEqual(problemsOf(query), []);
    });
  }

  it("need what the stack has", () => {
    assert.deepEqual(problemsOf("watermark=north", { ...settings, watermark: undefined }), [
      "watermark needs a watermark in the stack's config",
    ]);
  });

  it("are refused by their pixels where each side is well", () => {
    const pixelsOf = (query: string) => {
      const reading = readQueryOperations([...new URLSearchParams(query)], settings);
      return "pixels" in reading ? reading.pixels : undefined;
    };
    assert.equal(pixelsOf("width=7680&height=4320"), undefined);
    assert.equal(pixelsOf("width=7681&height=4320"), 7681 * 4320);
    assert.equal(pixelsOf("width=2000&height=2000&dpr=4"), 64_000_000);
    assert.equal(pixelsOf("width=8192"), undefined);
    assert.deepEqual(problemsOf("width=10000&height=10000"), [
      'width must be a whole number from 1 to 8192, not "10000"',
      'height must be a whole number from 1 to 8192, not "10000"',
    ]);
  });
});
