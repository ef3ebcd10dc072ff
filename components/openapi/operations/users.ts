import type { OpenAPIV3 } from "openapi-types";
import { jsonResponse, responses } from "../responses";
import type { Operation } from "../routes";
import { apiKeySecurity as security } from "./security";

/** Operations that there are only where users are known. */
export const userOperations = {
  "get-me": {
    operationId: "getMe",
    tags: ["Users"],
    summary: "Tells who the user is, how much the user has, and how much users may have",
    description: "Images are counted when they are stored and when they are deleted.",
    security,
    responses: responses({ 200: jsonResponse("The user", "Me", "Cache-Control") }),
  },
} satisfies Partial<Record<Operation, OpenAPIV3.OperationObject>>;
