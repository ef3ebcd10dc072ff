import { Logger } from "@aws-lambda-powertools/logger";
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from "aws-lambda";
import { createDynamoDb } from "./aws/clients";
import { setting } from "./aws/settings";
import { type ApiHandler, createApiHandler, type Invocation } from "./http/api-handler";
import { ApiError } from "./http/errors";
import { readQuery } from "./http/request";
import { jsonResponse } from "./http/responses";
import { NoQuery } from "./http/schemas";
import { readLimits, UserCounts } from "./users/user-counts";

/** Whom a token names. */
export interface GetMeInput {
  userId: string;
  isAdmin: boolean;
}

/** How much there is of something, and how much there may be, if that is limited. */
export interface Amount {
  count: number;
  max?: number;
}

/** Who asks, and what they have. */
export interface GetMeOutput extends GetMeInput {
  images: Amount;
  bytes: Amount;
}

/** GET /me: tells users who they are to this API, how much they have, and how much they may have. */
export function createHandler(settings: NodeJS.ProcessEnv): ApiHandler {
  const table = setting(settings, "USERS_TABLE");
  const counts = new UserCounts(createDynamoDb(), table, readLimits(settings));
  return createApiHandler(new Logger(), settings, {
    parse,
    act: (input) => getMe(input, counts),
    respond,
  });
}

/** @throws ApiError 403 `NoUser`. */
function parse(event: APIGatewayProxyEvent, { caller }: Invocation): GetMeInput {
  readQuery(event, NoQuery);
  if (caller.kind !== "user" && caller.kind !== "admin") {
    throw new ApiError(403, "NoUser", "An API key is no user: send the bearer token of one.");
  }
  return { userId: caller.userId, isAdmin: caller.kind === "admin" };
}

/** Who a user is, and what they have. */
export async function getMe(input: GetMeInput, counts: UserCounts): Promise<GetMeOutput> {
  const { images, bytes } = await counts.read(input.userId);
  const { maxImages, maxBytes } = counts.limits;
  return { ...input, images: amount(images, maxImages), bytes: amount(bytes, maxBytes) };
}

function amount(count: number, max: number): Amount {
  return max > 0 ? { count, max } : { count };
}

function respond(output: GetMeOutput): APIGatewayProxyResult {
  return jsonResponse(200, output, { "Cache-Control": "private, no-store" });
}
