import assert from "node:assert/strict";
import {
  specialArchiveSig,
  specialAssetSig,
  specialSecretSig,
  specialSigKey,
} from "@pulumi/pulumi/runtime/rpc";
import { formatOutputs } from "../../cli/format-outputs";

const secret = (value: unknown) => ({ [specialSigKey]: specialSecretSig, value });
const asset = (properties: object) => ({ [specialSigKey]: specialAssetSig, ...properties });
const archive = (properties: object) => ({ [specialSigKey]: specialArchiveSig, ...properties });
const hash = "0123456789abcdef";

describe("formatOutputs", () => {
  it("sorts and aligns names by their characters, and hides secrets", () => {
    const outputs = { size: 1.5, apiKey: secret("k3y"), "": 0, 日本: 2, on: true };
    assert.deepEqual(formatOutputs(outputs), [
      "          : 0",
      "    apiKey: [secret]",
      "    on    : true",
      "    size  : 1.5",
      "    日本    : 2",
    ]);
  });

  it("leaves out outputs without a value or with an empty one, and aligns with their names", () => {
    const outputs = { a: 1, none: null, text: "", nothing: {}, list: [] };
    assert.deepEqual(formatOutputs(outputs), ["    a      : 1"]);
  });

  it("is nothing of no outputs", () => {
    assert.deepEqual(formatOutputs({}), []);
  });

  const formats: [what: string, value: unknown, lines: string[]][] = [
    ["text", 'a"b\n', ['"a\\"b\\n"']],
    ["a number", 1e-7, ["1e-07"]],
    ["false", false, ["false"]],
    ["the secret null", secret(null), ["[secret]"]],
    [
      "secrets inside",
      { a: secret({ b: 1 }), c: [secret("")] },
      [..."{|    a: [secret]|    c: [|        [0]: [secret]|    ]|}".split("|")],
    ],
    [
      "empty values inside",
      { list: [null, "", {}, []], o: {}, n: null },
      [
        ...'{|    list: [|        [0]: <null>|        [1]: ""|        [2]: {}|        [3]: []'.split(
          "|",
        ),
        ..."    ]|    n   : <null>|    o   : {}|}".split("|"),
      ],
    ],
    [
      "keys as they are",
      { "a.b c": 1, "": 2, 'q"': 3 },
      [...'{|         : 2|    a.b c: 1|    q"   : 3|}'.split("|")],
    ],
    [
      "JSON in a text",
      '{"b":{"c":[]},"a":1}',
      [..."(json) {|    a: 1|    b: {|        c: []|    }|}|".split("|")],
    ],
    ["empty JSON in a text", "[]", ["(json) []", ""]],
    [
      "JSON in JSON",
      '{"a":"{\\"b\\":1}"}',
      [..."(json) {|    a: (json) {|        b: 1|    }||}|".split("|")],
    ],
    ["YAML in a text", "- a\n- b", [...'(yaml) [|    [0]: "a"|    [1]: "b"|]|'.split("|")]],
    [
      "text as an asset",
      asset({ hash, text: "hi" }),
      [..."asset(text:0123456) {|    <contents elided>|}".split("|")],
    ],
    ["a file", asset({ hash, path: "./f" }), ["asset(file:0123456) { ./f }"]],
    ["what is elsewhere", asset({ uri: "https://a.b/c" }), ["asset(uri:) { https://a.b/c }"]],
    ["a folder", archive({ path: "./dir" }), ["archive(file:) { ./dir }"]],
    [
      "an archive",
      archive({ assets: { b: asset({ hash, path: "./f" }), a: asset({ text: "" }) } }),
      [
        ...'archive(assets:) {|    "a": asset(text:) {|        <contents elided>|    }'.split("|"),
        ...'    "b": asset(file:0123456) { ./f }|}'.split("|"),
      ],
    ],
  ];
  for (const [what, value, lines] of formats) {
    it(`writes ${what} as Pulumi does`, () => {
      assert.deepEqual(formatOutputs({ x: value })[0]?.split("\n"), [
        `    x: ${lines[0] ?? ""}`,
        ...lines.slice(1).map((line) => (line === "" ? "" : `    ${line}`)),
      ]);
    });
  }
});
