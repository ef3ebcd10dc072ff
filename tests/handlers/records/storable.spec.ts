import assert from "node:assert/strict";
import { InvalidRequestError, type Problem } from "../../../handlers/http/errors";
import { parseExactly } from "../../../handlers/http/json";
import type { Fields } from "../../../handlers/records/document";
import { requireStorable } from "../../../handlers/records/storable";
import { recordsTable, useDynamoDb } from "../dynamodb";
import { RecordRequests } from "./support";
import { useSdkSettings } from "../support";

/** What is wrong with JSON text. */
function problemsOf(text: string): Problem[] {
  try {
    requireStorable(parseExactly(text) as Fields);
    return [];
  } catch (error) {
    assert.ok(error instanceof InvalidRequestError, String(error));
    return error.details.details as Problem[];
  }
}

function nested(levels: number): string {
  return `{"x":${"[".repeat(levels - 1)}1${"]".repeat(levels - 1)}}`;
}

/** Each at its limit, and just beyond it. */
const limits: Record<string, [kept: string, refused: string, problem: RegExp]> = {
  "levels, numbers among them": [nested(32), nested(33), /more than 32 levels/],
  "levels, a long number among them": [
    nested(32).replace("1", "12345678901234567890"),
    nested(33).replace("1", "12345678901234567890"),
    /more than 32 levels/,
  ],
  digits: [`{"n":${"9".repeat(38)}}`, `{"n":${"9".repeat(39)}}`, /38 significant digits/],
  "digits, without zeros at either end": [
    `{"n":0.000${"9".repeat(38)}000}`,
    `{"n":0.000${"9".repeat(39)}000}`,
    /38 significant digits/,
  ],
  "large numbers": [`{"n":-9.9e125}`, `{"n":1e126}`, /from 1e-130 to below 1e126/],
  "small numbers": [`{"n":1e-130}`, `{"n":-9.9e-131}`, /from 1e-130 to below 1e126/],
  "exponents without end": [`{"n":0e999999999999}`, `{"n":1e999999999999}`, /below 1e126/],
  names: [`{"n":{" ":1}}`, `{"n":{"":1}}`, /without a name/],
  "long names": [
    `{"${"é".repeat(32_767)}":1}`,
    `{"${"é".repeat(32_768)}":1}`,
    /more than 65535 bytes/,
  ],
  surrogates: [`{"n":"\\ud83d\\ude00"}`, `{"n":"\\ud83d"}`, /unpaired surrogates/],
  "surrogates in names": [`{"\\ud83d\\ude00":1}`, `{"\\ude00":1}`, /unpaired surrogates/],
};

describe("requireStorable", () => {
  useSdkSettings();
  const records = new RecordRequests(useDynamoDb(recordsTable));

  for (const [what, [kept, refused, problem]] of Object.entries(limits)) {
    it(`knows the limit of ${what}, up to which DynamoDB keeps all`, async () => {
      assert.deepEqual(problemsOf(kept), []);
      assert.equal((await records.put("a", kept)).statusCode, 201);
      const [found, ...more] = problemsOf(refused);
      assert.match(found?.problem ?? "", problem);
      assert.deepEqual(more, []);
      assert.equal((await records.put("b", refused)).statusCode, 400);
    });
  }

  it("keeps what of 256 KB takes DynamoDB the most room", async () => {
    const count = Math.floor((256 * 1024 - 8) / 2);
    const { statusCode } = await records.put("a", `{"n":[${"1,".repeat(count - 1)}1]}`);
    assert.equal(statusCode, 201);
    assert.equal(((await records.get("a")).body.n as number[]).length, count);
  });

  it("lists twenty problems at most", () => {
    assert.equal(problemsOf(`{"n":[${"1e200,".repeat(1000)}1]}`).length, 20);
  });
});
