import type { APIGatewayProxyResult } from "aws-lambda";
import { toJson } from "./json";

/** A response of any status: JSON that every origin may read. */
export function jsonResponse(statusCode: number, body: object): APIGatewayProxyResult {
  return {
    statusCode,
    headers: {
      "Content-Type": "application/json",
      "Access-Control-Allow-Origin": "*",
    },
    body: toJson(body),
  };
}
