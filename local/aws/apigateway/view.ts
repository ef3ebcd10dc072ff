import type { Caller } from "../api/caller";
import type { Structure } from "../api/output";
import { type Page, pageOf } from "../api/page-of";
import type { RestCall, RestOperation } from "../api/rest-api";
import type { Account } from "../types";
import type { DomainNames } from "./domain-names";
import { badRequest, noSuchApi, notFound } from "./errors";
import { gatewayArn } from "./gateway-arn";
import type { RestApi, Stage } from "./state";
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

/** What a path names, by its placeholders. */
type Path = RestCall["path"];

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
  { api: id = "" }: Path,
): RestApi {
  const api = apis.get(id);
  if (!api) {
    throw noSuchApi(account, id);
  }
  return api;
}

/** The stage that a path names. @throws AwsError `NotFoundException`. */
export function stageNamed({ stages }: RestApi, { stage: name = "" }: Path): Stage {
  const stage = stages.get(name);
  if (!stage) {
    throw notFound("Invalid stage identifier specified");
  }
  return stage;
}

/** The usage plan that a path names. @throws AwsError `NotFoundException`. */
export function planNamed({ plans }: ViewContext, { plan: id = "" }: Path): UsagePlan {
  const plan = plans.all().find((each) => each.id === id);
  if (!plan) {
    throw notFound("Invalid Usage Plan ID specified");
  }
  return plan;
}

/** The page of a list that a query asks for. @throws AwsError `BadRequestException`. */
export function pageOfQuery<Item>(
  query: URLSearchParams,
  itemsOf: () => readonly Item[],
): Page<Item> {
  const limit = Number(query.get("limit") ?? defaultLimit);
  if (!Number.isInteger(limit) || limit < 1 || limit > maxLimit) {
    throw badRequest(`Invalid limit specified, must be from 1 to ${maxLimit}`);
  }
  const position = query.get("position") ?? undefined;
  const invalid = () => badRequest("Invalid position parameter specified");
  return pageOf(itemsOf(), position, limit, invalid);
}

/** An operation that shows a list by pages. */
export function list(
  name: string,
  itemsOf: (context: ViewContext, call: RestCall) => readonly Structure[],
): View {
  return view(name, (call, context) => {
    const { items, nextToken } = pageOfQuery(call.query, () => itemsOf(context, call));
    return { item: items, position: nextToken };
  });
}
