import assert from "node:assert/strict";
import {
  array,
  assert as check,
  constantFrom,
  oneof,
  property,
  shuffledSubarray,
  string,
  tuple,
} from "fast-check";
import {
  readNormalForm,
  readOperationsText,
  readQueryOperations,
} from "../../../handlers/renditions/renditions";
import { anyOperations } from "./any-operation";
import { formatOperations } from "./format-operations";
import { settings } from "./settings";

type Pairs = readonly (readonly [string, string])[];

/** Operations that do not contradict each other: what is in vain is left out. */
const wellOperations = anyOperations.map(withoutProblems).filter((pairs) => "text" in read(pairs));

function read(pairs: Pairs) {
  return readQueryOperations(pairs, settings);
}

function withoutProblems(pairs: Pairs): Pairs {
  const reading = read(pairs);
  if (!("problems" in reading)) {
    return pairs;
  }
  const fields = reading.problems.map(({ field }) => field);
  return withoutProblems(pairs.filter(([name]) => !fields.includes(name)));
}

/** The normal form of a query; it must have one. */
function normal(query: string | Pairs): string {
  const reading = read(typeof query === "string" ? [...new URLSearchParams(query)] : query);
  assert.ok("text" in reading, `${JSON.stringify(query)}: ${JSON.stringify(reading)}`);
  return reading.text;
}

describe("the normal form", () => {
  it("is its own normal form", () => {
    check(
      property(wellOperations, (pairs) => {
        const text = normal(pairs);
        const again = readOperationsText(text, settings);
        assert.equal("text" in again && again.text, text);
      }),
    );
  });

  it("is the same in whatever order operations are asked for", () => {
    check(
      property(
        anyOperations.chain((pairs) =>
          tuple(
            shuffledSubarray([...pairs], { minLength: pairs.length }),
            shuffledSubarray([...pairs], { minLength: pairs.length }),
          ),
        ),
        ([one, other]) => {
          const sorted = (pairs: Pairs) => {
            const reading = read(pairs);
            return "problems" in reading
              ? reading.problems.map(({ field, problem }) => `${field} ${problem}`).sort()
              : reading;
          };
          assert.deepEqual(sorted(one), sorted(other));
        },
      ),
    );
  });

  it("says of operations all that there is to say", () => {
    check(
      property(wellOperations, (pairs) => {
        const reading = read(pairs);
        assert.ok("operations" in reading);
        assert.equal(formatOperations(reading.operations), reading.text);
        assert.deepEqual(readOperationsText(reading.text, settings), reading);
      }),
    );
  });

  it("is what the renderer reads, once the format is decided", () => {
    check(
      property(wellOperations, constantFrom("avif", "webp", "none"), (pairs, accepts) => {
        const reading = read(pairs);
        assert.ok("operations" in reading);
        const isAuto = reading.operations.format === "auto";
        const text = reading.text.replace("format-auto", `format-auto.${accepts}`);
        assert.deepEqual(readNormalForm(text, settings), {
          ...reading.operations,
          ...(isAuto && { accepts }),
        });
        assert.equal(readNormalForm(reading.text, settings) !== undefined, !isAuto);
      }),
    );
  });

  it("is of characters that no URL and no key encodes, and short", () => {
    check(
      property(wellOperations, (pairs) => {
        assert.match(normal(pairs), /^[A-Za-z0-9._-]{1,300}$/);
      }),
    );
  });

  it("has the same operations as a path and as a query", () => {
    check(
      property(wellOperations, (pairs) => {
        const path = ["format-auto.webp", ...pairs.map(([name, value]) => `${name}-${value}`)];
        const isSaid = pairs.some(([name]) => name === "format");
        const reading = readOperationsText(path.slice(isSaid ? 1 : 0).join("_"), settings);
        assert.deepEqual(reading, read(pairs));
      }),
    );
  });

  it("is found or refused for every text, and never fails", () => {
    const text = oneof(
      string(),
      string({ unit: "binary" }),
      string({ unit: constantFrom("-", "_") }),
    );
    const name = oneof(constantFrom("width", "crop", "gravity", "__proto__", "constructor"), text);
    check(
      property(array(tuple(name, text)), text, (pairs, path) => {
        for (const of of [settings, { ...settings, presetsOnly: true, watermark: undefined }]) {
          for (const reading of [readQueryOperations(pairs, of), readOperationsText(path, of)]) {
            assert.ok("text" in reading || "pixels" in reading || reading.problems.length > 0);
          }
          readNormalForm(path, of);
        }
      }),
    );
  });
});

describe("operations that mean the same", () => {
  for (const [meaning, ...others] of [
    ["", "format=auto", "rotate=0", "flip=false", "flop=false&grayscale=false&flatten=false"],
    ["", "frames=100", "enlarge=false"],
    ["width=640", "width=320&dpr=2", "width=640&dpr=1", "width=640&dpr=1.0", "dpr=2.5&width=256"],
    ["width=500", "width=333&dpr=1.5", "width=200&dpr=2.500"],
    ["width=6&height=4", "width=6&height=4&fit=cover", "width=3&height=2&dpr=2"],
    ["width=6&height=4&fit=contain", "width=6&height=4&fit=contain&gravity=center"],
    ["width=6&height=4&fit=contain", "width=6&height=4&fit=contain&gravity=0.5,0.5"],
    ["width=6&height=4&fit=contain", "width=6&height=4&fit=contain&background=%23FFF"],
    ["width=6&height=4&gravity=north", "width=6&height=4&gravity=0.5,0"],
    ["width=6&height=4&gravity=southwest", "width=6&height=4&gravity=0.0x1.00"],
    ["width=6&height=4&gravity=0.25,0.75", "width=6&height=4&gravity=0.250x0.7500"],
    ["flatten=true&background=ff8800", "flatten=true&background=F80"],
    ["flatten=true&background=ff8800", "flatten=true&background=F80F"],
    ["flatten=true&background=ff8800", "flatten=true&background=%23ff8800FF"],
    ["format=jpeg", "format=jpeg&flatten=true", "format=jpeg&quality=80"],
    ["format=webp", "format=webp&quality=80"],
    ["format=avif", "format=avif&quality=55"],
    ["blur=2", "blur=2.0", "blur=2.00", "blur=2.001"],
    ["watermark=southeast", "watermark=southeast,0.5", "watermark=southeast,0.50,0.2"],
  ] as const) {
    it(`have one normal form: ${meaning || "none"}`, () => {
      for (const other of others) {
        assert.equal(normal(other), normal(meaning), other);
      }
    });
  }

  it("are told apart from those that do not", () => {
    const queries = [
      "",
      "width=640",
      "height=640",
      "width=640&height=640",
      "width=640&height=640&gravity=center",
      "width=640&height=640&gravity=auto",
      "width=640&height=640&gravity=0.5,0.51",
      "width=640&height=640&fit=contain",
      "width=640&height=640&fit=contain&background=ffffff00",
      "width=640&enlarge=true",
      "crop=0,0,1,2",
      "crop=0,0,2,1",
      "blur=2",
      "sharpen=2",
      "quality=80",
      "format=jpeg",
      "format=jpeg&quality=81",
      "frames=1",
      "watermark=north",
      "watermark=north,0.5,0.21",
    ];
    assert.equal(new Set(queries.map(normal)).size, queries.length);
  });
});

/** A picture of two columns and three rows, in which every pixel is another. */
type Picture = readonly (readonly number[])[];
const picture: Picture = [
  [1, 2],
  [3, 4],
  [5, 6],
];

function quarterTurn(rows: Picture): Picture {
  return (rows[0] ?? []).map((_pixel, column) => rows.map((row) => row[column] ?? 0).reverse());
}

/** The picture after the steps of rotate, flip and flop. */
function turned(degrees: number, flip: boolean, flop: boolean): Picture {
  let rows = picture;
  for (let quarter = 0; quarter < degrees / 90; quarter++) {
    rows = quarterTurn(rows);
  }
  const flipped = flip ? [...rows].reverse() : rows;
  return flop ? flipped.map((row) => [...row].reverse()) : flipped;
}

describe("rotate, flip and flop", () => {
  it("have eight normal forms, one for each way to turn a picture", () => {
    const found = new Map<string, string>();
    for (const degrees of [0, 90, 180, 270]) {
      for (const flip of [false, true]) {
        for (const flop of [false, true]) {
          const text = normal(`rotate=${degrees}&flip=${flip}&flop=${flop}`);
          const rows = JSON.stringify(turned(degrees, flip, flop));
          assert.equal(found.get(text) ?? rows, rows, text);
          found.set(text, rows);
        }
      }
    }
    assert.equal(found.size, 8);
    assert.equal(new Set(found.values()).size, 8);
  });

  it("turn a picture by their normal form as by what was asked for", () => {
    for (const degrees of [0, 90, 180, 270]) {
      for (const [flip, flop] of [
        [false, true],
        [true, false],
        [true, true],
      ] as const) {
        const reading = read([
          ["rotate", String(degrees)],
          ["flip", String(flip)],
          ["flop", String(flop)],
        ]);
        assert.ok("operations" in reading);
        const { operations } = reading;
        assert.deepEqual(
          turned(operations.rotate ?? 0, operations.flip ?? false, operations.flop ?? false),
          turned(degrees, flip, flop),
        );
      }
    }
  });
});
