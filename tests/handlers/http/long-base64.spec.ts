import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { parseLongBase64 } from "../../../handlers/http/long-base64";

describe("parseLongBase64", () => {
  const image = randomBytes(100_000);
  const long = image.toString("base64");

  const withMember: [what: string, json: string][] = [
    ["first", `{"image":"${long}","user":"ada"}`],
    ["last, after white space", `\t{ "user" : "ada" , "image" :\n"${long}" }\n`],
    [
      "after strings with quotes and backslashes",
      `{"a\\\\":"\\"\\\\\\"","":"\\\\","image":"${long}"}`,
    ],
    ["after objects", `{"tags":{"a":"b","image":"c"},"image":"${long}"}`],
    ["under a name of a prototype", `{"__proto__":"${long}","constructor":"x"}`],
    ["twice, of which the last counts", `{"image":"short","image":"${long}"}`],
    ["before another long one", `{"image":"${long}","other":"${long}"}`],
  ];
  for (const [what, json] of withMember) {
    it(`is what JSON.parse makes, and has the bytes of a long member: ${what}`, () => {
      const { value, base64 } = parseLongBase64(json);
      assert.deepEqual(value, JSON.parse(json));
      assert.deepEqual(Object.keys(value as object), Object.keys(JSON.parse(json) as object));
      assert.ok(base64);
      assert.ok(Object.values(value as object).includes(base64.text));
      assert.equal(base64.text, long);
      assert.ok(base64.bytes.equals(image));
    });
  }

  const without: [what: string, json: string][] = [
    ["short", `{"image":"${image.toString("base64", 0, 300)}"}`],
    ["of another alphabet", `{"image":"${randomBytes(100_000).fill(0xff).toString("base64url")}"}`],
    ["not padded", `{"image":"${image.toString("base64", 0, 70_000).slice(0, -1)}"}`],
    ["in lines", `{"image":"${long.slice(0, 76)}\\r\\n${long.slice(76)}"}`],
    ["with a slash escaped", `{"image":"${long.replace(/.{4}/, "AA\\/A")}"}`],
    ["with characters that are none of it", `{"image":"${long.replace(/.{4}/, "AA\u0141A")}"}`],
    ["deeper within", `{"images":{"first":"${long}"}}`],
    ["in an array", `["${long}"]`],
    ["all that there is", `"${long}"`],
    ["replaced by another of its name", `{"image":"${long}","image":"x"}`],
    ["a name", `{"${long}":"x"}`],
    ["behind a thousand others", `{"others":[${'"",'.repeat(1000)}""],"image":"${long}"}`],
    ["none, of a large number", `1${"0".repeat(100_000)}`],
  ];
  for (const [what, json] of without) {
    it(`is what JSON.parse makes where the member is ${what}`, () => {
      assert.deepEqual(parseLongBase64(json), { value: JSON.parse(json) as unknown });
    });
  }

  /** What is said of a text that is not parsed: what it is, and where. */
  function messageOf(parse: () => unknown): string {
    try {
      parse();
    } catch (error) {
      return (error as Error).message;
    }
    throw new Error("It is JSON.");
  }

  for (const [what, json] of [
    ["a line break within a string", `{"image":"${long}\n"}`],
    ["no end of the string", `{"image":"${long}`],
    ["no end of the string but an escaped one", `{"image":"${long}\\"}`],
    ["no end", `{"image":"${long}"`],
    ["something behind", `{"image":"${long}"}}`],
    ["no comma", `{"image":"${long}" "user":"ada"}`],
    ["no quotes", `{image:${long}}`],
  ] as const) {
    it(`refuses what JSON.parse refuses, in its words: ${what}`, () => {
      assert.throws(() => JSON.parse(json) as unknown, SyntaxError);
      assert.throws(() => parseLongBase64(json), SyntaxError);
      const said = messageOf(() => JSON.parse(json) as unknown);
      assert.equal(
        messageOf(() => parseLongBase64(json)),
        said,
      );
    });
  }
});
