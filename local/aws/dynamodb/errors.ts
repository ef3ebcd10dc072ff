import { AwsError } from "../aws-error";
import type { EngineAnswer } from "./engine";

/** The error that dynalite answered. */
export function errorIn(answer: EngineAnswer): AwsError {
  const { __type, message, Message } = JSON.parse(answer.body) as Record<string, string>;
  return new AwsError(
    __type?.split("#")[1] ?? "InternalServerError",
    message ?? Message ?? "",
    answer.statusCode,
  );
}

/** @param of what was asked for, such as `Table: images`. Reads and writes of items do not tell. */
export function resourceNotFound(of?: string): AwsError {
  const detail = of === undefined ? "" : `: ${of} not found`;
  return new AwsError("ResourceNotFoundException", `Requested resource not found${detail}`);
}
