import assert from "node:assert/strict";
import {
  APIGatewayClient,
  GetApiKeysCommand,
  GetUsageCommand,
  GetUsagePlansCommand,
} from "@aws-sdk/client-api-gateway";
import { mockClient } from "aws-sdk-client-mock";
import { Budget, suiteRequests } from "./e2e/support/budget";
import { withOwnKey } from "./e2e/support/own-key";
import { announceQuota } from "./e2e/support/quota";
import type { Stack, StackOutputs } from "./e2e/support/stack";

describe("The end-to-end suite, before it starts on a deployed stack", () => {
  const client = new APIGatewayClient({ region: "eu-west-1" });
  const gateway = mockClient(client);
  let lines: string[];

  beforeEach(() => {
    lines = [];
    gateway.reset();
    gateway.on(GetApiKeysCommand).resolves({
      items: [
        { id: "first", value: "key of others" },
        { id: "own", value: "own key" },
      ],
    });
    gateway.on(GetUsagePlansCommand, { keyId: "own" }).resolves({
      items: [{ id: "plan", quota: { limit: 10_000, period: "DAY" } }],
    });
  });

  const announce = () => announceQuota("own key", client, (line) => lines.push(line));

  const used = (count: number, left: number) => {
    gateway
      .on(GetUsageCommand, { usagePlanId: "plan", keyId: "own" })
      .resolves({ items: { own: [[count, left]] } });
  };

  it("says what it will use up at most of its key's quota, and what is left", async () => {
    used(5000, suiteRequests);
    await announce();
    assert.deepEqual(lines, [
      `The suite makes ${suiteRequests} requests at most, of its key's quota for today; ${suiteRequests} are left.`,
    ]);
  });

  it("refuses to start with less than that, and says what to do", async () => {
    used(7001, suiteRequests - 1);
    await assert.rejects(announce(), /2999 requests are left for today .* raise dailyRequestQuota/);
  });

  it("takes the whole quota for left of a key that was not used today", async () => {
    gateway.on(GetUsageCommand).resolves({ items: {} });
    await announce();
    assert.match(lines.join(""), /10000 are left/);
  });

  it("starts where it may not ask, and says that it does not know", async () => {
    const denied = Object.assign(new Error("no"), { name: "AccessDeniedException" });
    gateway.on(GetApiKeysCommand).rejects(denied);
    await announce();
    assert.match(lines.join(""), /how many are left is not known/);
  });

  it("does not go on if API Gateway fails in another way", async () => {
    gateway.on(GetApiKeysCommand).rejects(new Error("down"));
    await assert.rejects(announce(), /down/);
  });
});

describe("The end-to-end suite's key", () => {
  const stack = (apiKeys?: Record<string, string>, ca?: string) =>
    ({ outputs: { apiKey: "first", apiKeys } as StackOutputs, credentials: {}, ca }) as Stack;

  it("is its own among those of the stack", () => {
    const { credentials } = withOwnKey(stack({ 1: "first", e2e: "own" }));
    assert.deepEqual(credentials, { "x-api-key": "own" });
  });

  it("is asked for where a deployed stack has none, with the way to make one", () => {
    assert.throws(
      () => withOwnKey(stack({ 1: "first", 2: "second" })),
      /no API key of the name e2e/,
    );
    assert.throws(() => withOwnKey(stack()), /pulumi config set --path 'apiKeys\[1\]' e2e/);
  });

  it("is the only one of a local run, whose quota is for tests", () => {
    const local = stack(undefined, "certificate");
    assert.equal(withOwnKey(local), local);
  });
});

describe("The end-to-end suite's budget", () => {
  it("lets as many requests be made as it said, and no more", () => {
    const budget = new Budget(2);
    budget.spend();
    budget.spend();
    assert.throws(() => {
      budget.spend();
    }, /has made the 2 requests that it said it would make at most/);
    assert.equal(budget.spent, 2);
  });
});
