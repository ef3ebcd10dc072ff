import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { OpenAPIV3 } from "openapi-types";
import { openApiDocument } from "../../components/openapi/document";
import {
  isThere,
  methodsOf,
  type Operation,
  operationsOf,
  routes,
} from "../../components/openapi/routes";
import type { ApiHandler } from "../../handlers/http/api-handler";
import { userRecordHash } from "../../handlers/records/results-table";
import { userTagHash } from "../../handlers/images/tags-table";
import {
  type Answer,
  type CallerKind,
  callerKinds,
  seesOwners,
  unknownCallers,
} from "./ownership/callers";
import { methodsFor, probes } from "./ownership/probes";
import { type Call, RecordedAws } from "./ownership/recorded-aws";
import { hasRecord, owner, type State, states, tag } from "./ownership/states";
import { recordId } from "./ownership/user-probes";
import {
  apiEvent,
  call,
  type Exchange,
  type RequestParts,
  settings,
  useSdkSettings,
} from "./support";

/** Kinds of calls that change or hand out nothing. */
const looks = ["GetCommand", "GetItemCommand", "QueryCommand", "VerifyMacCommand"];

const contracts = { anyone: openApiDocument(), users: openApiDocument({ allowApiKeys: true }) };
const operations = operationsOf(true);
const stateNames = Object.keys(states) as State[];

describe("whose images", () => {
  useSdkSettings();
  let aws: RecordedAws;
  before(() => {
    aws = new RecordedAws();
  });
  beforeEach(() => {
    aws.rows = [];
    aws.records = [];
  });
  after(() => {
    aws.restore();
  });

  async function ask(
    operation: Operation,
    { settings: changed, parts: ofCaller }: CallerKind,
    parts: RequestParts,
    method = methodsOf(operation)[0],
  ): Promise<Exchange & { calls: Call[] }> {
    const handler = await createHandler(operation, { ...settings, ...changed });
    const { path: resource } = routes[operation];
    aws.takeCalls();
    const exchange = await call(handler, apiEvent({ method, resource, ...parts, ...ofCaller }));
    assertDescribed(changed.CALLERS === "users", operation, method, exchange);
    return { ...exchange, calls: aws.takeCalls() };
  }

  it("is asked of every operation", () => {
    for (const operation of operations) {
      const { ids, users, alone } = probes[operation];
      assert.ok(ids.length + users.length > 0 || alone, operation);
    }
  });

  for (const operation of operations) {
    const { ids, users, alone } = probes[operation];
    describe(operation, () => {
      for (const [who, caller] of callersOf(operation)) {
        const { scope } = caller;
        const isSeen = seesOwners(caller);

        for (const probe of ids) {
          for (const method of methodsFor(operation, probe)) {
            const known = isSeen ? "by what is there" : "as if nothing were there";
            it(`answers ${who} ${known}: ${method} with ${probe.what}`, async () => {
              const id = randomUUID();
              const parts = probe.parts(id);
              aws.rows = [];
              aws.records = [];
              const unknown = await ask(operation, caller, parts, method);
              for (const state of stateNames) {
                aws.rows = [states[state](id) ?? []].flat();
                aws.records = hasRecord(state) ? [{ id, userId: owner }] : [];
                const exchange = await ask(operation, caller, parts, method);
                if (!isSeen && probe.unseen) {
                  assert.deepEqual(answerOf(exchange), probe.unseen(state), state);
                  assertUnchanged(exchange);
                  continue;
                }
                const expected = probe.answer(isSeen ? state : "nothing", scope !== undefined);
                assert.deepEqual(answerOf(exchange), expected, state);
                if (!isSeen) {
                  assertSame(exchange, unknown);
                }
              }
            });
          }
        }

        if (alone) {
          for (const method of methodsOf(operation)) {
            it(`is about ${who} alone: ${method} that names nobody`, async () => {
              const exchange = await ask(operation, caller, alone.parts, method);
              assert.deepEqual(answerOf(exchange), alone.answer(caller));
              const others = usersIn(exchange.calls).filter((userId) => userId !== caller.userId);
              assert.deepEqual(others, []);
            });
          }
        }

        for (const probe of users) {
          for (const method of methodsOf(operation)) {
            it(`${isSeen ? "lets" : "does not let"} ${who} name the owner: ${method} with ${probe.what}`, async () => {
              aws.rows = [states["an image"](randomUUID())];
              const exchange = await ask(operation, caller, await probe.parts(owner), method);
              if (isSeen) {
                assert.ok(exchange.statusCode < 300, exchange.bodyText);
                assert.deepEqual(usersIn(exchange.calls), [owner]);
              } else {
                assertNotYourUser(exchange, probe.field);
              }
            });

            it(`takes the caller for the user of ${who} who names none: ${method} without ${probe.what}`, async () => {
              aws.rows = [states["an image"](randomUUID())];
              const exchange = await ask(
                operation,
                caller,
                await probe.parts(undefined, scope),
                method,
              );
              const isUpload = method === "POST";
              if (isUpload && caller.userId === undefined) {
                assert.deepEqual(answerOf(exchange), [400, "InvalidRequest"]);
                assert.match(String(exchange.body.error), /^user_?[iI]d is required\.$/);
                return;
              }
              assert.ok(exchange.statusCode < 300, exchange.bodyText);
              const own = isUpload ? caller.userId : scope;
              assert.deepEqual(usersIn(exchange.calls), own === undefined ? [] : [own]);
            });
          }
        }
      }

      for (const [who, { answer, ...caller }] of Object.entries(unknownCallers)) {
        it(`does nothing for ${who}`, async () => {
          const id = randomUUID();
          aws.rows = [states["an image"](id)];
          const requests = [
            ...ids.map(({ parts }) => parts(id)),
            ...(await Promise.all(users.map(async ({ parts }) => await parts(owner)))),
            ...(alone ? [alone.parts] : []),
          ];
          for (const parts of requests) {
            const exchange = await ask(operation, caller, parts);
            assert.deepEqual(answerOf(exchange), answer);
            assert.deepEqual(exchange.calls, []);
          }
        });
      }
    });
  }

  describe("of a record", () => {
    const record = { id: "r", userId: owner, color: "red" };
    const parts = { headers: { "Content-Type": "application/json" }, body: '{"id":"r"}' };
    const others = [
      { id: "r", color: "red" },
      { id: "r", userId: null, color: "red" },
      { id: "r", userId: [owner], color: "red" },
      { id: "r", user_id: owner, color: "red" },
    ];

    for (const [who, caller] of Object.entries(callerKinds)) {
      it(`${seesOwners(caller) ? "merges" : "does not merge"} the owner's for ${who}`, async () => {
        aws.records = [record];
        const exchange = await ask("process-data", caller, parts);
        const { processedAt, ...merged } = exchange.body.processedData as Record<string, unknown>;
        assert.ok(processedAt);
        assert.deepEqual(merged, seesOwners(caller) ? record : { id: "r" });
      });

      it(`${caller.scope === undefined ? "merges" : "does not merge"} nobody's for ${who}`, async () => {
        for (const nobodys of others) {
          aws.records = [nobodys];
          const exchange = await ask("process-data", caller, parts);
          const { color } = exchange.body.processedData as Record<string, unknown>;
          assert.equal(color, caller.scope === undefined ? "red" : undefined);
        }
      });
    }

    it("is, to another user, as if it were not there", async () => {
      const ofOther = callerKinds["another user"];
      const unknown = await ask("process-data", ofOther, parts);
      aws.records = [record];
      const exchange = await ask("process-data", ofOther, parts);
      // A new id and a new time are in both.
      for (const known of [exchange, unknown]) {
        known.bodyText = withoutNews(known.bodyText);
        known.calls = known.calls.map(withoutNews);
      }
      assert.deepEqual(exchange.calls, unknown.calls);
      assert.equal(exchange.bodyText, unknown.bodyText);
    });

    for (const field of ["userId", "user_id"] as const) {
      it(`does not come to be another's by what is posted as ${field}`, async () => {
        aws.records = [record];
        for (const [who, caller] of Object.entries(callerKinds)) {
          for (const userId of [owner, null, [owner], 5]) {
            const body = JSON.stringify({ id: "r", [field]: userId });
            const exchange = await ask("process-data", caller, { ...parts, body });
            if (caller.scope === undefined || caller.scope === userId) {
              assert.equal(exchange.statusCode, 200, who);
            } else {
              assertNotYourUser(exchange, field);
            }
          }
        }
      });
    }
  });
});

/** Kinds of callers of an operation: where there are users only, nobody is anyone. */
function callersOf(operation: Operation): [string, CallerKind][] {
  const all = Object.entries(callerKinds);
  return isThere(operation, false) ? all : all.filter(([who]) => who !== "anyone");
}

async function createHandler(
  operation: Operation,
  environment: NodeJS.ProcessEnv,
): Promise<ApiHandler> {
  const module = (await import(`../../handlers/${operation}`)) as {
    createHandler(environment: NodeJS.ProcessEnv): ApiHandler;
  };
  return module.createHandler(environment);
}

/** Nothing may be answered that the contract does not say. */
function assertDescribed(
  hasUsers: boolean,
  operation: Operation,
  method = "GET",
  { statusCode, headers = {} }: Exchange,
): void {
  const { [routes[operation].path]: item = {} } = contracts[hasUsers ? "users" : "anyone"].paths;
  const methods = item as Partial<Record<string, OpenAPIV3.OperationObject>>;
  const { responses = {} } = methods[method.toLowerCase()] ?? {};
  const response = responses[statusCode] as OpenAPIV3.ResponseObject | undefined;
  assert.ok(response, `${method} ${operation} answers ${statusCode}`);
  const described = Object.keys(response.headers ?? {});
  for (const name of ["Retry-After", "ETag", "Location", "Cache-Control", "Content-Range"]) {
    assert.ok(!(name in headers) || described.includes(name), `${operation} ${statusCode} ${name}`);
  }
}

function answerOf({ statusCode, body }: Exchange): Answer {
  return typeof body.code === "string" ? [statusCode, body.code] : [statusCode];
}

/** The users whom calls are about. */
function usersIn(calls: readonly Call[]): string[] {
  return [owner, "bob", "root"].filter((userId) =>
    calls.some(
      (made) =>
        made.includes(`"${userId}"`) ||
        [userTagHash(userId, tag), userRecordHash(userId, recordId)].some((hash) =>
          made.includes(hash),
        ),
    ),
  );
}

/** The same answer, byte for byte, after the same work, in which nothing was changed. */
function assertSame(
  exchange: Exchange & { calls: Call[] },
  unknown: Exchange & { calls: Call[] },
): void {
  const { statusCode, headers, bodyText } = unknown;
  assert.equal(exchange.bodyText, bodyText);
  assert.deepEqual([exchange.statusCode, exchange.headers], [statusCode, headers]);
  assert.deepEqual(exchange.calls, unknown.calls);
  assertOnlyLooked(exchange.calls);
}

/** Nothing was changed, unless something was made that there was not. */
function assertUnchanged({ statusCode, calls }: Exchange & { calls: Call[] }): void {
  if (statusCode !== 201) {
    assertOnlyLooked(calls);
  }
}

function assertOnlyLooked(calls: readonly Call[]): void {
  for (const made of calls) {
    assert.ok(
      looks.some((look) => made.startsWith(`${look} `)),
      made,
    );
  }
}

function assertNotYourUser(exchange: Exchange & { calls: Call[] }, field: string): void {
  assert.equal(exchange.statusCode, 403);
  assert.equal(exchange.body.code, "NotYourUser");
  const problem = "is not the user whom the token names: leave it out";
  assert.deepEqual(exchange.body.details, [{ field, problem, pointer: `/${field}` }]);
  assert.doesNotMatch(exchange.bodyText + exchange.logText, new RegExp(owner));
  assert.deepEqual(exchange.calls, []);
}

function withoutNews(text: string): string {
  return text
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "<id>")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>");
}
