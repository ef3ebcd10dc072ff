import assert from "node:assert/strict";
import Ajv from "ajv";
import fc from "fast-check";
import * as z from "zod/mini";
import * as schemas from "../../../handlers/http/schemas";

describe("schemas", () => {
  function toJsonSchema(schema: z.ZodMiniType) {
    return z.toJSONSchema(schema, { target: "openapi-3.0", io: "input" });
  }

  const { UploadBody, UploadParts, UploadQuery, ListQuery, ImageQuery, NoQuery, ProcessBody } =
    schemas;

  const printable = "^[^\\x00-\\x1f\\x7f-\\x9f]*$";
  const types = [
    ...["image/jpeg", "image/png", "image/gif", "image/webp", "image/jpg", "image/pjpeg"],
    ...["image/x-png", "image/apng", "image/vnd.mozilla.apng"],
  ];

  it("of the JSON upload convert with their limits", () => {
    const { properties = {}, ...schema } = toJsonSchema(UploadBody);
    assert.deepEqual(schema, {
      type: "object",
      required: ["imageData", "contentType", "userId"],
      additionalProperties: false,
    });
    const {
      imageData,
      contentType,
      userId: user,
      imageName,
      tags,
    } = withoutDescriptions(properties);
    assert.deepEqual(
      { imageData, contentType, imageName, tags },
      {
        imageData: {
          type: "string",
          minLength: 1,
          maxLength: 6_291_456,
          pattern: "^(?:data:[\\w.+/;=-]*;base64,)?[A-Za-z0-9+/]+={0,2}$",
        },
        contentType: { type: "string", enum: [...types, "application/octet-stream"] },
        imageName: { type: "string", minLength: 1, maxLength: 255, pattern: printable },
        tags: {
          type: "object",
          maxProperties: 50,
          additionalProperties: {
            type: "string",
            minLength: 0,
            maxLength: 256,
            pattern: printable,
          },
        },
      },
    );
    assert.deepEqual([user?.minLength, user?.maxLength], [1, 128]);
  });

  /** The same schemas, without what is for people. */
  function withoutDescriptions(properties: object): Record<string, Record<string, unknown>> {
    const text = JSON.stringify(properties, (key, value: unknown) =>
      key === "description" ? undefined : value,
    );
    return JSON.parse(text) as Record<string, Record<string, unknown>>;
  }

  it("of the direct upload ask for a type that can be signed, and a size", () => {
    const { contentType, size } = withoutDescriptions(
      toJsonSchema(schemas.DirectUploadBody).properties ?? {},
    );
    assert.deepEqual(contentType, { type: "string", enum: types });
    assert.deepEqual(size, { type: "integer", minimum: 1, maximum: Number.MAX_SAFE_INTEGER });
  });

  it("of the form name the image as a file", () => {
    const { properties, required } = toJsonSchema(UploadParts);
    const { image } = withoutDescriptions(properties ?? {});
    assert.deepEqual(image, { type: "string", format: "binary" });
    assert.deepEqual(required, ["image", "userId"]);
  });

  it("may leave out the user, and nothing else, for callers who are users", () => {
    const pairs: [z.ZodMiniType, z.ZodMiniType][] = [
      [UploadBody, schemas.withOptionalUser(UploadBody)],
      [UploadParts, schemas.withOptionalUser(UploadParts)],
      [UploadQuery, schemas.withOptionalUser(UploadQuery)],
      [schemas.DirectUploadBody, schemas.withOptionalUser(schemas.DirectUploadBody)],
    ];
    for (const [schema, ownSchema] of pairs) {
      const { required = [], ...before } = toJsonSchema(schema);
      const own = toJsonSchema(ownSchema);
      const left = required.filter((name) => name !== "userId");
      assert.deepEqual(own, { ...before, ...(left.length > 0 && { required: left }) });
      assert.deepEqual(Object.keys(own.properties ?? {}), Object.keys(before.properties ?? {}));
      const { error } = ownSchema.safeParse({ other: 1 });
      const issue = error?.issues.find(({ code }) => code === "unrecognized_keys");
      assert.match(String(issue?.message), /is not accepted \(accepted: .*userId/);
    }
  });

  describe("let through what their patterns and lengths do, and nothing else", () => {
    const ajv = new Ajv({ strict: false, unicodeRegExp: true });
    const letters = [
      "a",
      ".",
      "/",
      "\\",
      ":",
      " ",
      "é",
      "🎞",
      "\n",
      "\0",
      "\u007f",
      "\u0085",
      "\u00a0",
    ];
    const text = fc.string({ unit: fc.constantFrom(...letters), maxLength: 9 });
    const fields: Record<string, [z.ZodMiniType, string]> = {
      "a user id": [ListQuery, "userId"],
      "a tag": [ListQuery, "tag"],
      "an image's name": [schemas.DirectUploadBody, "imageName"],
      "an id": [ProcessBody, "id"],
    };
    const rest = { contentType: "image/png", userId: "u", size: 1, id: "i" };
    for (const [what, [schema, name]] of Object.entries(fields)) {
      it(what, () => {
        const { properties = {} } = toJsonSchema(schema);
        const isValid = ajv.compile(properties[name] as object);
        const others = Object.entries(rest).filter(([other]) => other in properties);
        fc.assert(
          fc.property(text, (value) => {
            const { success } = schema.safeParse({ ...Object.fromEntries(others), [name]: value });
            assert.equal(success, isValid(value), JSON.stringify(value));
          }),
          { numRuns: 3000 },
        );
      });
    }

    it("an id that has as many bytes as a key may have", () => {
      const isValid = ajv.compile(toJsonSchema(ProcessBody).properties?.id as object);
      const ids = ["x".repeat(1024), "🎞".repeat(512), "x".repeat(1025), "🎞".repeat(513)];
      for (const [index, id] of ids.entries()) {
        assert.equal(isValid(id), index < 2);
        assert.equal(ProcessBody.safeParse({ id }).success, index < 2);
      }
    });
  });

  it("of the list give the limit as an integer", () => {
    const { limit, urls } = withoutDescriptions(toJsonSchema(ListQuery).properties ?? {});
    assert.deepEqual(limit, { type: "integer", minimum: 1, default: 20 });
    assert.deepEqual(urls, { type: "string", enum: ["true", "false"] });
  });

  it("of processing leave other members open", () => {
    const { properties, required, additionalProperties } = toJsonSchema(ProcessBody);
    assert.deepEqual(Object.keys(properties ?? {}), ["id"]);
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
