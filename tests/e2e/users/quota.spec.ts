import { strict as assert } from "node:assert";
import { type Answer, call, callOnce } from "../support/api";
import { withToken } from "../support/stack";
import { useUsers } from "../support/use-users";

const quota = 4;

describe("the quota of a stack with users", () => {
  const stack = useUsers({ dailyRequestQuota: String(quota) });

  const meAs = async (user: string) =>
    callOnce(withToken(stack(), await stack().token(user)), "/me");

  it("is used by all of them together, and by nobody who is not let in", async () => {
    const noToken = await call(stack(), "/me", { apiKey: null });
    const garbage = await call(withToken(stack(), "garbage"), "/me");
    assert.deepEqual([noToken.status, garbage.status], [401, 401]);
    const answers: Answer[] = [];
    for (const user of ["ada", "bob", "ada", "bob", "ada", "carol"]) {
      answers.push(await meAs(user));
    }
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200, 200, 429, 429],
    );
    const { body, headers } = answers.at(-1) ?? {};
    assert.deepEqual([body?.code, body?.maxRequests], ["QuotaExceeded", quota]);
    assert.equal(headers?.get("retry-after"), "3600");
    assert.equal((await call(stack(), "/health", { apiKey: null })).status, 200);
  });
});
