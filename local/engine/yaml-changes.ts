import { isAlias, isMap, isScalar, isSeq } from "yaml";
import type { Document } from "yaml";
import { resolveScalar } from "./yaml-scalar";
import type { Scalar } from "./yaml-scalar";

/** A text without quotes that is not kept as it is written: `0123` is the number 83. */
export interface ChangedText {
  written: string;
  value: Exclude<Scalar, null | string>;
}

/** The texts in a node that are not kept as they are written. */
export function changedTexts(node: unknown, document: Document): ChangedText[] {
  if (isAlias(node)) {
    return changedTexts(node.resolve(document), document);
  }
  if (isMap(node)) {
    return node.items.flatMap(({ value }) => changedTexts(value, document));
  }
  if (isSeq(node)) {
    return node.items.flatMap((item) => changedTexts(item, document));
  }
  if (!isScalar(node) || node.type !== "PLAIN" || node.tag !== undefined) {
    return [];
  }
  const written = node.source ?? "";
  const value = resolveScalar(written);
  return value === null || typeof value === "string" || String(value) === written
    ? []
    : [{ written, value }];
}
