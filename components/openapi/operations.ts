import type { OpenAPIV3 } from "openapi-types";
import { imageOperations } from "./operations/images";
import { processingOperations } from "./operations/processing";
import { uploadOperations } from "./operations/uploads";
import { userOperations } from "./operations/users";
import { rangeParameters } from "./parameters";
import type { Operation } from "./routes";

/** What each operation takes and answers, where users are not known, and GET /me. */
export const operationObjects: Readonly<Record<Operation, OpenAPIV3.OperationObject>> = {
  ...imageOperations,
  ...uploadOperations,
  ...processingOperations,
  ...userOperations,
};

/** The same by HEAD, which has no body in any answer, and knows no parts. */
export function headOf(get: OpenAPIV3.OperationObject): OpenAPIV3.OperationObject {
  const { operationId = "", parameters = [] } = get;
  const answers = Object.entries(get.responses as Record<string, OpenAPIV3.ResponseObject>)
    .filter(([status]) => !["206", "416"].includes(status))
    .map(([status, { description, headers }]) => [status, { description, headers }] as const);
  return {
    ...get,
    operationId: operationId.replace(/^(get|list)/, "head"),
    summary: "As GET, without the body",
    description: `The status and the headers of ${operationId}, with which they are the same.`,
    parameters: parameters.filter((parameter) => !rangeParameters.some((it) => it === parameter)),
    responses: Object.fromEntries(answers),
  };
}
