import assert from "node:assert/strict";
import { inLab, keyed, keyValue, Lab, openApi, proxied } from "../lab";

const document = openApi({
  "/process": { post: keyed() },
  "/things": { get: keyed(), post: proxied() },
});
const headers = { "x-api-key": keyValue };

/** Statuses of `count` requests that are sent at once, and how often each came. */
async function send(
  url: string,
  count: number,
  init: RequestInit,
): Promise<Record<number, number>> {
  const responses = await Promise.all(Array.from({ length: count }, () => fetch(url, init)));
  const statuses: Record<number, number> = {};
  for (const response of responses) {
    await response.text();
    statuses[response.status] = (statuses[response.status] ?? 0) + 1;
  }
  return statuses;
}

describe("applyLimits", () => {
  it("lets exactly the burst of a method through, then what the rate adds", () =>
    inLab(async (lab) => {
      const { api, url } = await lab.deploy(document);
      lab.meter(api, {}, [{ path: "/process/POST", rateLimit: 10, burstLimit: 20 }]);
      const post = { method: "POST", headers };
      assert.deepEqual(await send(`${url}/process`, 100, post), { 200: 20, 429: 80 });
      assert.equal(lab.invocations.length, 20);
      lab.now = new Date(lab.now.getTime() + 500);
      assert.deepEqual(await send(`${url}/process`, 100, post), { 200: 5, 429: 95 });
      assert.deepEqual(await send(`${url}/things`, 30, { headers }), { 200: 30 });
    }));

  it("answers a throttled request as AWS does", () =>
    inLab(async (lab) => {
      const { api, url } = await lab.deploy(document);
      lab.meter(api, { throttleSettings: { rateLimit: 1, burstLimit: 0 } });
      const response = await fetch(`${url}/things`, { headers });
      assert.equal(response.status, 429);
      assert.equal(await response.text(), '{"message":"Too Many Requests"}');
      assert.equal(response.headers.get("x-amzn-errortype"), "TooManyRequestsException");
    }));

  it("applies the plan's limit to all methods together, those with a limit of their own too", () =>
    inLab(async (lab) => {
      const { api, url } = await lab.deploy(document);
      lab.meter(api, { throttleSettings: { rateLimit: 1, burstLimit: 6 } }, [
        { path: "/process/POST", rateLimit: 1, burstLimit: 4 },
      ]);
      const post = { method: "POST", headers };
      assert.deepEqual(await send(`${url}/process`, 5, post), { 200: 4, 429: 1 });
      assert.deepEqual(await send(`${url}/things`, 5, { headers }), { 200: 2, 429: 3 });
      lab.now = new Date(lab.now.getTime() + 1000);
      assert.deepEqual(await send(`${url}/things`, 1, { headers }), { 200: 1 });
      assert.deepEqual(await send(`${url}/process`, 1, post), { 429: 1 });
    }));

  it("throttles methods of the stage, those without a key too", () =>
    inLab(async (lab) => {
      const methods = { throttlingRateLimit: 1, throttlingBurstLimit: 3 };
      const { api, url } = await lab.deploy(document, { methods });
      const post = { method: "POST" };
      assert.deepEqual(await send(`${url}/things`, 5, post), { 200: 3, 429: 2 });
      lab.now = new Date(lab.now.getTime() + 3000);
      lab.gateway.updateMethodSettings({
        restApiId: api.id,
        stageName: "prod",
        methodPath: "things/POST",
        settings: { throttlingBurstLimit: -1, throttlingRateLimit: -1 },
      });
      assert.deepEqual(await send(`${url}/things`, 9, post), { 200: 9 });
    }));

  it("counts exactly the quota of a day, without throttled and refused requests", () =>
    inLab(async (lab) => {
      const { api, url } = await lab.deploy(document);
      lab.meter(api, { quotaSettings: { limit: 30, period: "DAY" } }, [
        { path: "process/POST", rateLimit: 10, burstLimit: 20 },
      ]);
      const post = { method: "POST", headers };
      assert.deepEqual(await send(`${url}/process`, 50, post), { 200: 20, 429: 30 });
      assert.deepEqual(await send(`${url}/things`, 5, {}), { 403: 5 });
      assert.deepEqual(await send(`${url}/things`, 50, { headers }), { 200: 10, 429: 40 });
      const response = await fetch(`${url}/things`, { headers });
      assert.equal(await response.text(), '{"message":"Limit Exceeded"}');
      assert.equal(response.headers.get("x-amzn-errortype"), "LimitExceededException");
      lab.now = new Date("2025-11-21T23:59:59.999Z");
      assert.deepEqual(await send(`${url}/things`, 5, { headers }), { 429: 5 });
      lab.now = new Date("2025-11-22T00:00:00Z");
      assert.deepEqual(await send(`${url}/things`, 50, { headers }), { 200: 30, 429: 20 });
    }));

  it("keeps the quota's count over a restart", () =>
    inLab(async (lab, dataDir) => {
      const quota = { quotaSettings: { limit: 10, period: "DAY" as const } };
      const { api, url } = await lab.deploy(document);
      lab.meter(api, quota);
      assert.deepEqual(await send(`${url}/things`, 7, { headers }), { 200: 7 });
      await lab.gateway.stop();
      const next = new Lab(dataDir);
      await next.gateway.start();
      try {
        const again = await next.deploy(document);
        next.meter(again.api, quota);
        assert.deepEqual(await send(`${again.url}/things`, 7, { headers }), { 200: 3, 429: 4 });
      } finally {
        await next.gateway.stop();
      }
    }));
});
