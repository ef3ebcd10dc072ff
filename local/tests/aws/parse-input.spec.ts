import assert from "node:assert/strict";
import { z } from "zod";
import { parseInput } from "../../aws/parse-input";

const schema = z.object({
  KeyId: z.string(),
  Limit: z.int().min(1).max(50).optional(),
  Mode: z.enum(["ON", "OFF"]).optional(),
  Name: z
    .string()
    .min(1)
    .regex(/^[a-z]+$/)
    .optional(),
  Path: z.string().startsWith("/").optional(),
  Entries: z
    .array(z.object({ ARN: z.string(), Size: z.number().max(3, "of its own words").optional() }))
    .min(1)
    .max(2)
    .optional(),
});

const KeyId = "k";

describe("parseInput", () => {
  const errorOf = (input: unknown) => {
    try {
      parseInput(schema, input);
    } catch (error) {
      return error as { code: string; message: string };
    }
    return assert.fail("it is accepted");
  };

  for (const [input, ...problems] of [
    [{}, ["Value null at 'keyId'", "Member must not be null"]],
    [
      { KeyId, Limit: 0 },
      ["Value '0' at 'limit'", "Member must have value greater than or equal to 1"],
    ],
    [
      { KeyId, Limit: 51 },
      ["Value '51' at 'limit'", "Member must have value less than or equal to 50"],
    ],
    [
      { KeyId, Mode: "on" },
      ["Value 'on' at 'mode'", "Member must satisfy enum value set: [ON, OFF]"],
    ],
    [
      { KeyId, Name: "" },
      ["Value '' at 'name'", "Member must have length greater than or equal to 1"],
      ["Value '' at 'name'", "Member must satisfy regular expression pattern: [a-z]+"],
    ],
    [
      { KeyId, Path: "p" },
      ["Value 'p' at 'path'", "Member must satisfy regular expression pattern: /.*"],
    ],
    [
      { KeyId, Entries: [] },
      ["Value at 'entries'", "Member must have length greater than or equal to 1"],
    ],
    [
      { KeyId, Entries: [{ ARN: "a" }, { Size: 4 }] },
      ["Value null at 'entries.2.member.arn'", "Member must not be null"],
      ["Value '4' at 'entries.2.member.size'", "of its own words"],
    ],
  ] as const) {
    it(`refuses ${JSON.stringify(input)} in the words of AWS`, () => {
      const { code, message } = errorOf(input);
      assert.equal(code, "ValidationException");
      const count = problems.length === 1 ? "1 validation error" : "2 validation errors";
      const told = problems.map((problem) => problem.join(" failed to satisfy constraint: "));
      assert.equal(message, `${count} detected: ${told.join("; ")}`);
    });
  }

  it("takes members that are null for none", () => {
    assert.deepEqual(
      parseInput(schema, { KeyId, Limit: null, Entries: [{ ARN: "a", Size: null }] }),
      {
        KeyId,
        Entries: [{ ARN: "a" }],
      },
    );
    assert.match(errorOf({ KeyId: null }).message, /Value null at 'keyId'/);
  });

  it("refuses members of another type as what cannot be read", () => {
    for (const input of [{ KeyId: 1 }, { KeyId, Limit: "1" }, { KeyId, Entries: {} }]) {
      assert.equal(errorOf(input).code, "SerializationException");
    }
  });
});
