import type { OpenAPIV3 } from "openapi-types";
import { operationTexts } from "../../handlers/renditions/operation-texts";
import {
  type Argument,
  type OperationEntry,
  operationTable,
} from "../../handlers/renditions/operations";
import { dependsOnOthers } from "../../handlers/renditions/rules";
import { numberFormat } from "./values";

/** What readers of one argument go by, beside its schema. */
const decimalPattern = "(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?";
const wholePattern = "(?:0|[1-9][0-9]*)";

/** Numbers may be written with any number of decimals; no one needs more. */
const maxArgumentLength = 255;

/** The query parameters by which a rendition is asked for: each operation, or instead of them `preset`. */
export function renditionParameters(): OpenAPIV3.ParameterObject[] {
  return [
    {
      name: "preset",
      in: "query",
      required: false,
      description: "The name of a preset of the stack, instead of operations",
      schema: { type: "string", minLength: 1, maxLength: 32, pattern: "^[a-z][A-Za-z0-9]*$" },
      example: "thumb",
    },
    ...operationTable.map(parameterOf),
  ];
}

function parameterOf(entry: OperationEntry): OpenAPIV3.ParameterObject {
  const { example } = operationTexts[entry.name];
  const schema = schemaOf(entry);
  const given = new URLSearchParams(example).get(entry.name) ?? "";
  const isNumber = schema.type === "integer" || schema.type === "number";
  return {
    name: entry.name,
    in: "query",
    required: false,
    description: descriptionOf(entry),
    schema,
    example: isNumber ? Number(given) : given,
  };
}

/** Generated clients send what the schema has as a default, so that it has none that may be refused. */
function descriptionOf({ name, default: value }: OperationEntry): string {
  const { description } = operationTexts[name];
  const text = description.replaceAll("`", "").replace(/\.$/, "");
  return value !== undefined && dependsOnOthers(name) ? `${text}. By default ${value}` : text;
}

function schemaOf({ name, forms, default: value }: OperationEntry): OpenAPIV3.NonArraySchemaObject {
  const [form = []] = forms;
  const [argument] = form;
  if (forms.length > 1 || form.length > 1 || !argument) {
    return text(`^(?:${forms.map(patternOf).join("|")})$`);
  }
  const schema = schemaOfOne(argument);
  const isNumber = schema.type !== "string";
  return value === undefined || dependsOnOthers(name)
    ? schema
    : { ...schema, default: isNumber ? Number(value) : value };
}

function schemaOfOne(argument: Argument): OpenAPIV3.NonArraySchemaObject {
  switch (argument.type) {
    case "whole":
      return numberFormat({ type: "integer", minimum: argument.min, maximum: argument.max });
    case "decimal":
      return {
        type: "number",
        format: "double",
        minimum: argument.min,
        maximum: argument.max,
      };
    case "choice":
      return { type: "string", enum: [...argument.choices] };
    case "flag":
      return { type: "string", enum: ["true", "false"], default: "false" };
    case "colour":
      return text(`^${argumentPattern(argument)}$`);
  }
}

function text(pattern: string): OpenAPIV3.NonArraySchemaObject {
  return { type: "string", minLength: 1, maxLength: maxArgumentLength, pattern };
}

function patternOf(form: readonly Argument[]): string {
  return form.map(argumentPattern).join("[x,]");
}

function argumentPattern(argument: Argument): string {
  switch (argument.type) {
    case "whole":
      return wholePattern;
    case "decimal":
      return decimalPattern;
    case "choice":
      return `(?:${argument.choices.join("|")})`;
    case "flag":
      return "(?:true|false)";
    case "colour":
      return "#?(?:[0-9A-Fa-f]{3,4}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})";
  }
}
