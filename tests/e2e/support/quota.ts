import {
  type APIGatewayClient,
  GetUsageCommand,
  GetUsagePlansCommand,
  paginateGetApiKeys,
} from "@aws-sdk/client-api-gateway";
import { suiteRequests } from "./budget";

/**
 * Says what the suite will use up at most, and asks what is left.
 *
 * @param client asks API Gateway. Default: what is left is not asked.
 * @throws Error when less is left than the suite may use.
 */
export async function announceQuota(
  apiKey: string,
  client: APIGatewayClient | undefined,
  print: (line: string) => void,
): Promise<void> {
  const left = client && (await quotaLeft(client, apiKey, new Date()));
  const known = left === undefined ? "how many are left is not known" : `${left} are left`;
  print(
    `The suite makes ${suiteRequests} requests at most, of its key's quota for today; ${known}.`,
  );
  if (left !== undefined && left < suiteRequests) {
    throw new Error(
      `Of the quota of the suite's key, ${left} requests are left for today (UTC), and it needs ${suiteRequests}: ` +
        "raise dailyRequestQuota, or wait for tomorrow.",
    );
  }
}

/** Requests that a key may still make today, or nothing where nobody says: not all may ask. */
async function quotaLeft(
  client: APIGatewayClient,
  apiKey: string,
  now: Date,
): Promise<number | undefined> {
  try {
    const keyId = await idOf(client, apiKey);
    const { items: [plan] = [] } = await client.send(new GetUsagePlansCommand({ keyId }));
    if (keyId === undefined || plan?.id === undefined) {
      return undefined;
    }
    const today = now.toISOString().slice(0, 10);
    const period = { startDate: today, endDate: today };
    const { items = {} } = await client.send(
      new GetUsageCommand({ usagePlanId: plan.id, keyId, ...period }),
    );
    // A pair of used and remaining for each day; of a key that was not used there is none.
    return items[keyId]?.[0]?.[1] ?? plan.quota?.limit;
  } catch (error) {
    if (error instanceof Error && mayNotAsk.has(error.name)) {
      return undefined;
    }
    throw error;
  }
}

/** Errors of whoever has no credentials, or none that may ask. */
const mayNotAsk = new Set([
  "AccessDeniedException",
  "CredentialsProviderError",
  "ExpiredTokenException",
  "UnrecognizedClientException",
]);

async function idOf(client: APIGatewayClient, apiKey: string): Promise<string | undefined> {
  for await (const { items = [] } of paginateGetApiKeys({ client }, { includeValues: true })) {
    const found = items.find(({ value }) => value === apiKey);
    if (found) {
      return found.id;
    }
  }
  return undefined;
}
