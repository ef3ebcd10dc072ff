import type { Problem } from "../http/errors";
import type { Values } from "./arguments";
import { scaled } from "./normal-form";
import { maxSide, type OperationName, operationTable } from "./operations";
import type { RenditionSettings } from "./settings";

/** What is wrong with an operation because of others: `undefined` if it is well. */
type Rule = (values: Values, settings: RenditionSettings) => string | false | undefined;

function needsBox(values: Values): string | false {
  return (values.width === undefined || values.height === undefined) && "needs width and height";
}

function needsSide(values: Values): string | false {
  return values.width === undefined && values.height === undefined && "needs width or height";
}

function ratioProblem(values: Values): string | false {
  const longest = Math.max(
    Number(scaled(values.width ?? "0", values.dpr)),
    Number(scaled(values.height ?? "0", values.dpr)),
  );
  return longest > maxSide && `makes ${longest} pixels, of ${maxSide} at most`;
}

function gravityProblem(values: Values): string | false {
  const fit = values.fit ?? "cover";
  const isPlace = /^[b-z]/.test(values.gravity ?? "");
  return fit !== "cover" && !(fit === "contain" && isPlace) && `has no effect with fit ${fit}`;
}

function backgroundProblem(values: Values): string | false {
  if (values.flatten === "true" || values.format === "jpeg") {
    return (values.background ?? "").length > 6 && "must be opaque with flatten or format jpeg";
  }
  return values.fit !== "contain" && "needs fit contain, flatten or format jpeg";
}

/** A rule for those formats to which an operation means nothing. */
function notWith(formats: readonly string[]): Rule {
  return (values) =>
    formats.includes(values.format ?? "auto") && `has no effect with format ${values.format ?? ""}`;
}

/** An operation that would do nothing is refused: who asks for it expects that it does something. */
const rules: Partial<Record<OperationName, Rule>> = {
  dpr: (values) => needsSide(values) || ratioProblem(values),
  fit: needsBox,
  gravity: (values) => needsBox(values) || gravityProblem(values),
  background: backgroundProblem,
  enlarge: (values) => values.enlarge === "true" && needsSide(values),
  quality: notWith(["png", "gif"]),
  frames: notWith(["avif", "jpeg", "png"]),
  watermark: (_values, settings) =>
    !settings.watermark && "needs a watermark in the stack's config",
};

/** Whether an operation is refused where others leave nothing for it to do, even with its default. */
export function dependsOnOthers(name: OperationName): boolean {
  return rules[name] !== undefined;
}

/** The problems of operations that are each well alone. */
export function contradictions(values: Values, settings: RenditionSettings): Problem[] {
  const problems: Problem[] = [];
  operationTable.forEach((entry) => {
    const field = entry.name;
    const rule = rules[field];
    const problem = rule !== undefined && values[field] !== undefined && rule(values, settings);
    if (problem) {
      problems.push({ field, problem });
    }
  });
  return problems;
}
