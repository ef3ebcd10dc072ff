import type { Authorizer } from "../../definition";
import type { Identity } from "./identity";

/** What an authorizer is asked. */
export interface Question {
  authorizer: Authorizer;
  identity: Identity;
  methodArn: string;
}
