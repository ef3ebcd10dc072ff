import type { Caller } from "../api/caller";
import type { Structure } from "../api/output";
import { pageOf } from "../api/page-of";
import type { RestCall, RestOperation } from "../api/rest-api";
import type { Account } from "../types";
import type { DomainNames } from "./domain-names";
import { badRequest, noSuchApi } from "./errors";
import { gatewayArn } from "./gateway-arn";
import type { RestApi } from "./state";
import type { ApiKey, UsagePlan } from "./usage-plans";
import type { ThrottleLimit } from "./token-buckets";
import type { UsageStore } from "./usage-store";

/** What the operations work with. */
export interface ViewContext {
  account: Account;
  caller: Caller;
  apis: ReadonlyMap<string, RestApi>;
  plans: { keys: () => ApiKey[]; all: () => UsagePlan[] };
  domainNames: Pick<DomainNames, "all">;
  settings: { apiKeyVersion: string; features: readonly string[]; throttleSettings: ThrottleLimit };
  /** Of the account: with which stages write logs. */
  loggingRoleArn: string | undefined;
  /** By ARN. */
  tags: ReadonlyMap<string, Readonly<Record<string, string>>>;
  usage: Pick<UsageStore, "daysOf">;
  now: Date;
  /** Which type of content is asked for. */
  accept: string;
}

export type View = RestOperation<ViewContext>;

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetRestApis.html */
const [defaultLimit, maxLimit] = [25, 500];

/** An operation whose permission is to read what its path names. */
export function view(name: string, show: View["perform"]): View {
  return {
    name,
    perform: (call, context) => {
      const arn = gatewayArn(context.account, call.pathname.slice(1));
      context.caller.require("apigateway:GET", arn);
      return show(call, context);
    },
  };
}

/** The API that a path names. @throws AwsError `NotFoundException`. */
export function apiNamed(
  { apis, account }: Pick<ViewContext, "apis" | "account">,
  { api: id = "" }: Readonly<Record<string, string>>,
): RestApi {
  const api = apis.get(id);
  if (!api) {
    throw noSuchApi(account, id);
  }
  return api;
}

/** How many there are on a page. @throws AwsError `BadRequestException`. */
export function limitOf(query: URLSearchParams): number {
  const limit = Number(query.get("limit") ?? defaultLimit);
  if (!Number.isInteger(limit) || limit < 1 || limit > maxLimit) {
    throw badRequest(`Invalid limit specified, must be from 1 to ${maxLimit}`);
  }
  return limit;
}

/** An operation that shows a list by pages. */
export function list(
  name: string,
  itemsOf: (context: ViewContext, call: RestCall) => readonly Structure[],
): View {
  return view(name, (call, context) => {
    const limit = limitOf(call.query);
    const position = call.query.get("position") ?? undefined;
    const invalid = () => badRequest("Invalid position parameter specified");
    const { items, nextToken } = pageOf(itemsOf(context, call), position, limit, invalid);
    return { item: items, position: nextToken };
  });
}
