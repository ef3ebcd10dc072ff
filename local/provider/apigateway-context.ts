import type { ApiGateway } from "../aws/apigateway/apigateway";
import type { Account } from "../aws/types";

/** What the planners of API Gateway's types share. */
export interface Context {
  gateway: ApiGateway;
  account: Account;
  /** Keys that have been planned, by their ids. */
  keys: Map<string, { name: string; value: string }>;
}

/** What identifiers of API Gateway are made of. */
export const lowerCaseAlphanumeric = "abcdefghijklmnopqrstuvwxyz0123456789";
