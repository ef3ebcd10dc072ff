import assert from "node:assert/strict";
import Ajv from "ajv";
import { assert as check, constantFrom, property } from "fast-check";
import { renditionParameters } from "../../../components/openapi/rendition-parameters";
import { operationTable } from "../../../handlers/renditions/operations";
import { readQueryOperations } from "../../../handlers/renditions/renditions";
import { settings } from "../../handlers/renditions/settings";
import { anyOperation } from "../../handlers/renditions/any-operation";

const parameters = renditionParameters();
const ajv = new Ajv({ coerceTypes: true, strict: false });
const validators = new Map(
  parameters.map(({ name, schema }) => [name, ajv.compile({ properties: { [name]: schema } })]),
);

/** Whether the document's schema of a parameter takes a text. */
function isDescribed(name: string, value: string): boolean {
  return validators.get(name)?.({ [name]: value }) ?? false;
}

describe("renditionParameters", () => {
  it("has a parameter for each operation, and for presets", () => {
    assert.deepEqual(
      parameters.map(({ name }) => name),
      ["preset", ...operationTable.map(({ name }) => name)],
    );
    assert.ok(parameters.every(({ required, description }) => required === false && description));
  });

  it("gives ranges, choices and defaults as the table has them", () => {
    const schemas = Object.fromEntries(parameters.map(({ name, schema }) => [name, schema]));
    const integer = { type: "integer", format: "int32", minimum: 1 };
    assert.deepEqual(schemas.width, { ...integer, maximum: 8192 });
    const { blur, frames, rotate } = schemas;
    assert.deepEqual(blur, { type: "number", format: "double", minimum: 0.3, maximum: 100 });
    assert.deepEqual(frames, { ...integer, maximum: 100 });
    assert.deepEqual(rotate, { type: "string", enum: ["0", "90", "180", "270"], default: "0" });
    assert.deepEqual(schemas.fit, {
      type: "string",
      enum: ["cover", "contain", "fill", "inside", "outside"],
    });
    assert.deepEqual(schemas.flip, { type: "string", enum: ["true", "false"], default: "false" });
  });

  it("has no default that a request is refused for, and says others in words", () => {
    const pairs = parameters.flatMap(({ name, schema }) =>
      schema && "default" in schema ? [[name, String(schema.default)] as const] : [],
    );
    assert.ok(pairs.length > 0);
    for (const format of ["auto", "avif", "gif", "jpeg", "png", "webp"]) {
      const reading = readQueryOperations([...pairs, ["format", format]], settings);
      assert.ok("text" in reading, `${format}: ${JSON.stringify(reading)}`);
    }
    const fit = parameters.find(({ name }) => name === "fit");
    assert.match(fit?.description ?? "", /\. By default cover$/);
  });

  it("gives examples that it takes itself", () => {
    for (const { name, example } of parameters) {
      assert.ok(isDescribed(name, String(example)), name);
    }
  });

  it("describes all that is read", () => {
    check(
      property(anyOperation, ([name, value]) => {
        assert.ok(isDescribed(name, value), `${name}=${value}`);
      }),
    );
  });

  it("describes nothing that is not of the operation", () => {
    const names = operationTable.map(({ name }) => name);
    const texts = ["", "no", "-1", "0x10", "1,2,3", "north,north", "ffff0", "#", "1e3"];
    check(
      property(constantFrom(...names), constantFrom(...texts), (name, text) => {
        const reading = readQueryOperations([[name, text]], settings);
        if (
          "problems" in reading &&
          reading.problems.some(({ problem }) => problem.includes(", not "))
        ) {
          const isNumber = /^-?\d|^1e3$|^0x10$/.test(text);
          assert.ok(isNumber || !isDescribed(name, text), `${name}=${text}`);
        }
      }),
    );
  });
});
