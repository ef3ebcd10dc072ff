import type { Problem } from "../errors";
import { type Values } from "./arguments";
import { scaled } from "./normal-form";
import { maxSide, type OperationName } from "./operations";
import type { RenditionSettings } from "./settings";

/** What operations must not be asked for together with, or without. */
interface Rule {
  /** The operation that is in vain. */
  readonly field: OperationName;
  /** Asked only where the operation is there; `undefined` if it is well. */
  readonly problem: (values: Values, settings: RenditionSettings) => string | undefined;
}

function is(values: Values, name: OperationName, value: string): boolean {
  return values[name]?.[0] === value;
}

function hasSize(values: Values): boolean {
  return values.width !== undefined || values.height !== undefined;
}

function hasBox(values: Values): boolean {
  return values.width !== undefined && values.height !== undefined;
}

function hasFlatBackground(values: Values): boolean {
  return is(values, "flatten", "true") || is(values, "format", "jpeg");
}

/** An operation that would do nothing is refused: who asks for it expects that it does something. */
const rules: readonly Rule[] = [
  { field: "dpr", problem: (values) => (hasSize(values) ? undefined : "needs width or height") },
  {
    field: "dpr",
    problem: (values) => {
      const ratio = Number(values.dpr?.[0]);
      const longest = Math.max(
        scaled(values.width?.[0] ?? 0, ratio),
        scaled(values.height?.[0] ?? 0, ratio),
      );
      return longest > maxSide ? `makes ${longest} pixels, of ${maxSide} at most` : undefined;
    },
  },
  { field: "fit", problem: (values) => (hasBox(values) ? undefined : "needs width and height") },
  {
    field: "gravity",
    problem: (values) => (hasBox(values) ? undefined : "needs width and height"),
  },
  {
    field: "gravity",
    problem: (values) => {
      const fit = values.fit?.[0] ?? "cover";
      const isPlace = values.gravity?.length === 1 && !is(values, "gravity", "auto");
      return fit === "cover" || (fit === "contain" && isPlace)
        ? undefined
        : `has no effect with fit ${fit}`;
    },
  },
  {
    field: "background",
    problem: (values) =>
      hasFlatBackground(values) || is(values, "fit", "contain")
        ? undefined
        : "needs fit contain, flatten or format jpeg",
  },
  {
    field: "background",
    problem: (values) =>
      hasFlatBackground(values) && String(values.background?.[0]).length > 6
        ? "must be opaque with flatten or format jpeg"
        : undefined,
  },
  {
    field: "enlarge",
    problem: (values) =>
      hasSize(values) || is(values, "enlarge", "false") ? undefined : "needs width or height",
  },
  {
    field: "quality",
    problem: (values) =>
      is(values, "format", "png") || is(values, "format", "gif")
        ? `has no effect with format ${String(values.format?.[0])}`
        : undefined,
  },
  {
    field: "frames",
    problem: (values) =>
      ["avif", "jpeg", "png"].includes(String(values.format?.[0]))
        ? `has no effect with format ${String(values.format?.[0])}, which has one frame`
        : undefined,
  },
  {
    field: "watermark",
    problem: (_values, settings) =>
      settings.watermark ? undefined : "needs a watermark in the stack's config",
  },
];

/** The problems of operations that are each well alone. */
export function contradictions(values: Values, settings: RenditionSettings): Problem[] {
  const problems: Problem[] = [];
  rules.forEach((rule) => {
    const problem = values[rule.field] === undefined ? undefined : rule.problem(values, settings);
    if (problem !== undefined) {
      problems.push({ field: rule.field, problem });
    }
  });
  return problems;
}
