import assert from "node:assert/strict";
import { loadProject } from "../../../local/engine/project";
import { loadStackConfig } from "../../../local/engine/stack-config";
import { temporaryProject } from "./temporary-project";

/**
 * What a program gets for a form of YAML in a stack's file, as Pulumi 3.276 hands it over where the
 * project declares no type, and on a machine whose clock shows UTC.
 */
const read: readonly [form: string, text: string][] = [
  ["0123456789012", "123456789012"],
  ["012345670123", "1402433619"],
  ["012345678901", "12345678901"],
  ["1_000", "1000"],
  ["2026-01-01", "2026-01-01 00:00:00 +0000 UTC"],
  ["0x10", "16"],
  ["0X1F", "31"],
  ["5.0", "5"],
  ["1e3", "1000"],
  ["1E3", "1000"],
  ["0o17", "15"],
  ["0O17", "15"],
  ["017", "15"],
  ["0b101", "5"],
  ["0B11", "3"],
  [".5", "0.5"],
  ["5.", "5"],
  ["+1", "1"],
  ["-1", "-1"],
  ["+.5", "0.5"],
  ["1.50", "1.5"],
  ["-0", "0"],
  ["-0.0", "0"],
  ["0x_1F", "31"],
  ["1__0", "10"],
  ["_1", "_1"],
  ["9007199254740993", "9007199254740993"],
  ["9223372036854775807", "9223372036854775807"],
  ["9223372036854775808", "9223372036854775808"],
  ["18446744073709551615", "18446744073709551615"],
  ["18446744073709551616", "18446744073709552000"],
  ["99999999999999999999", "100000000000000000000"],
  ["-9223372036854775809", "-9223372036854776000"],
  ["1e400", "1e400"],
  ["1e-7", "1e-7"],
  ["1.5e-10", "1.5e-10"],
  ["1e21", "1e+21"],
  ["1e6", "1000000"],
  ["123456789.123", "123456789.123"],
  ["~", ""],
  ["null", ""],
  ["Null", ""],
  ["", ""],
  ['""', ""],
  ["2026-01-01T00:00:00Z", "2026-01-01 00:00:00 +0000 UTC"],
  ["2026-01-01T00:00:00.5+02:00", "2026-01-01 00:00:00.5 +0200 +0200"],
  ["2026-01-01t01:02:03z", "2026-01-01t01:02:03z"],
  ["2026-01-01 12:00:00", "2026-01-01 12:00:00 +0000 UTC"],
  ["2026-1-2", "2026-01-02 00:00:00 +0000 UTC"],
  ["2026-13-01", "2026-13-01"],
  ["2026-01-01 12:00:00 +01:00", "2026-01-01 12:00:00 +01:00"],
  ["12:30:45", "12:30:45"],
  ["190:20:30", "190:20:30"],
  ["yes", "yes"],
  ["no", "no"],
  ["on", "on"],
  ["Off", "Off"],
  ["y", "y"],
  ["True", "true"],
  ["TRUE", "true"],
  ["true", "true"],
  ["tRUE", "tRUE"],
  ["False", "false"],
  ["'true'", "true"],
  ['"1"', "1"],
  ["'0123'", "0123"],
  ["!!str 0123", "0123"],
  ["!!str 2026-01-01", "2026-01-01"],
  ['!!int "5"', "5"],
  ["!!float 5", "5"],
  ['!!bool "true"', "true"],
  ["!!binary aGVsbG8=", "hello"],
  ["!!null ''", ""],
  ["!!timestamp 2026-01-01", "2026-01-01 00:00:00 +0000 UTC"],
  ["!foo bar", "bar"],
  ["|\n    a\n    b", "a\nb\n"],
  ["|-\n    1_000", "1_000"],
  [">-\n    a\n    b", "a b"],
  ["a\n    b c", "a b c"],
  [
    "[1, two, 0x10, 2026-01-01, 1.50, null, 018, yes, True]",
    '[1,"two",16,"2026-01-01 00:00:00 +0000 UTC",1.5,null,18,"yes",true]',
  ],
  ["{ a: 0123, b: { c: 1_000 }, d: .5 }", '{"a":83,"b":{"c":1000},"d":0.5}'],
  ["{ 1: a, true: b }", '{"1":"a","true":"b"}'],
  ["{ 1.0: a }", '{"1":"a"}'],
  ["{b: 1, a: <x>&y}", '{"a":"\\u003cx\\u003e\\u0026y","b":1}'],
  ["[18446744073709551616, 9007199254740993]", "[18446744073709552000,9007199254740993]"],
  ["[1.0, 1e3, 1e21, 1e-7]", "[1,1000,1e+21,1e-7]"],
  ["1,000", "1,000"],
  ["0.1e1", "1"],
  ["1e", "1e"],
  ["0x", "0x"],
  ["0x1p4", "0x1p4"],
  ["0x1.8p1", "0x1.8p1"],
  ["1_0.5", "10.5"],
  ["089", "89"],
  ["08", "8"],
  ["00", "0"],
  ["007", "7"],
  ["-017", "-15"],
  ["-0o17", "-15"],
  ["-0x10", "-16"],
  ["-0b11", "-3"],
  ["+0b11", "3"],
  ["+0o17", "15"],
  ["0b", "0b"],
  ["infinity", "infinity"],
  ["Infinity", "Infinity"],
  ["inf", "inf"],
  ["nan", "nan"],
  ["NaN", "NaN"],
  [".e3", ".e3"],
  ["1.e3", "1000"],
  ["2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43.1 -0500 -0500"],
  ["2026-01-01T24:00:00Z", "2026-01-01T24:00:00Z"],
  ["2026-02-30", "2026-02-30"],
  ["12345-01-01", "12345-01-01"],
];

/** What Pulumi refuses, whatever the project declares. */
const refused: readonly [form: string, message: RegExp][] = [
  [".inf", /'demo:k' cannot be used: Infinity has no place in JSON/],
  ["-.inf", /'demo:k' cannot be used: -Infinity has no place in JSON/],
  ["+.INF", /'demo:k' cannot be used: Infinity has no place in JSON/],
  [".nan", /'demo:k' cannot be used: NaN has no place in JSON/],
  ["[1, .NaN]", /'demo:k' cannot be used: NaN has no place in JSON/],
  ["!!int five", /^Pulumi\.dev\.yaml: cannot decode `five` as a !!int$/],
  ["!!bool 1", /^Pulumi\.dev\.yaml: cannot decode `1` as a !!bool$/],
  ["!!timestamp 2026-02-30", /cannot decode `2026-02-30` as a !!timestamp$/],
];

async function textOf(stack: string): Promise<string | undefined> {
  const { dir, remove } = await temporaryProject({
    "Pulumi.yaml": "name: demo\nruntime: nodejs\n",
    "Pulumi.dev.yaml": stack,
  });
  try {
    return (await loadStackConfig(await loadProject(dir), "dev")).values["demo:k"];
  } finally {
    await remove();
  }
}

describe("a value of a stack's file", () => {
  for (const [form, text] of read) {
    it(`that is written ${JSON.stringify(form)} is ${JSON.stringify(text)} to the program`, async () => {
      assert.equal(await textOf(`config:\n  k: ${form}\n`), text);
    });
  }

  for (const [form, message] of refused) {
    it(`cannot be ${form}`, async () => {
      const loaded = textOf(`config:\n  k: ${form}\n`);
      await assert.rejects(loaded, { name: "ConfigurationError", message });
    });
  }

  it("may be an anchor's, wherever the anchor is", async () => {
    const anchored = "shared: &id 0o17\nconfig:\n  k: [*id, *id]\n";
    assert.equal(await textOf(anchored), "[15,15]");
  });

  it("may take entries of other objects, the first of which and its own go first", async () => {
    const one = "one: &one { a: 1, b: 1, c: 1 }\n";
    const two = "two: &two { a: 2, b: 2, d: 2 }\n";
    const merged = `${one}${two}config:\n  k:\n    <<: [*one, *two]\n    a: 3\n`;
    assert.equal(await textOf(merged), '{"a":3,"b":1,"c":1,"d":2}');
  });
});
