import assert from "node:assert/strict";
import fc from "fast-check";
import * as z from "zod";
import * as schemas from "../../../handlers/shared/schemas";

describe("schemas", () => {
  function toJsonSchema(schema: z.ZodType) {
    return z.toJSONSchema(schema, { target: "openapi-3.0", io: "input" });
  }

  const { UploadBody, UploadParts, UploadQuery, ListQuery, ImageQuery, NoQuery, ProcessBody } =
    schemas;

  it("of the JSON upload convert with their limits", () => {
    assert.deepEqual(toJsonSchema(UploadBody), {
      type: "object",
      required: ["image_data", "content_type", "user_id"],
      properties: {
        image_data: { type: "string", minLength: 1, description: "base64" },
        content_type: { type: "string" },
        user_id: { type: "string", minLength: 1, maxLength: 128 },
        image_name: { type: "string", minLength: 1, maxLength: 255 },
        tags: {
          type: "object",
          maxProperties: 50,
          additionalProperties: { type: "string", minLength: 0, maxLength: 256 },
        },
      },
      additionalProperties: false,
    });
  });

  it("of the form name the image as a file", () => {
    const { properties, required } = toJsonSchema(UploadParts);
    assert.deepEqual(properties?.image, { type: "string", format: "binary" });
    assert.deepEqual(required, ["image", "user_id"]);
  });

  it("of the list give the limit as an integer", () => {
    const { properties } = toJsonSchema(ListQuery);
    assert.deepEqual(properties?.limit, { type: "integer", minimum: 1, default: 20 });
    assert.deepEqual(properties.urls, { type: "string", enum: ["true", "false"] });
  });

  it("of processing leave other members open", () => {
    const { properties, required, additionalProperties } = toJsonSchema(ProcessBody);
    assert.deepEqual(properties, { id: { type: "string", minLength: 1, maxLength: 1024 } });
    assert.deepEqual(required, ["id"]);
    assert.deepEqual(additionalProperties, {});
  });

  it("need no keyword that models of API Gateway lack", () => {
    for (const schema of [UploadBody, UploadParts, UploadQuery, ImageQuery, NoQuery, ProcessBody]) {
      const text = JSON.stringify(toJsonSchema(schema));
      assert.doesNotMatch(text, /"(anyOf|oneOf|allOf|exclusiveMinimum|propertyNames|default)"/);
    }
  });

  it("take any user id of 1 to 128 characters without control characters", () => {
    const character = fc
      .integer({ min: 0x20, max: 0x10ffff })
      .map((codePoint) => String.fromCodePoint(codePoint))
      .filter((text) => !/[\p{Cc}\p{Cs}./\\]/u.test(text));
    fc.assert(
      fc.property(fc.string({ unit: character, minLength: 1, maxLength: 128 }), (userId) => {
        assert.equal(ListQuery.parse({ userId }).userId, userId);
      }),
    );
  });

  it("take no user id with a control character anywhere", () => {
    const control = fc.constantFrom("\0", "\n", "\u001f", "\u007f", "\u0085", "\u009f", "\ud800");
    fc.assert(
      fc.property(fc.string(), control, fc.string(), (before, bad, after) => {
        assert.ok(!ListQuery.safeParse({ userId: before + bad + after }).success);
      }),
    );
  });

  it("take dots that are no path segment", () => {
    for (const userId of ["a.b", "...", "a/..b", ".hidden", "a.", "a/b"]) {
      assert.ok(ListQuery.safeParse({ userId }).success, userId);
    }
  });
});
