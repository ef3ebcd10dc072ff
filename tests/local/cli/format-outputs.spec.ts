import assert from "node:assert/strict";
import { formatOutputs } from "../../../local/cli/format-outputs";

describe("formatOutputs", () => {
  it("sorts and aligns names, quotes text and hides secrets", () => {
    const outputs = { size: 1.5, apiKey: "k3y", url: 'a"b', on: true, none: null };
    assert.deepEqual(formatOutputs({ outputs, secretOutputs: ["apiKey"] }), [
      "    apiKey: [secret]",
      "    none  : null",
      "    on    : true",
      "    size  : 1.5",
      '    url   : "a\\"b"',
    ]);
  });

  it("spreads arrays and objects over lines", () => {
    const outputs = { a: { list: [1, "x"], empty: [], none: {} } };
    assert.deepEqual(formatOutputs({ outputs, secretOutputs: [] }), [
      [
        "    a: {",
        "        list: [",
        "            [0]: 1",
        '            [1]: "x"',
        "        ]",
        "        empty: []",
        "        none: {}",
        "    }",
      ].join("\n"),
    ]);
  });
});
