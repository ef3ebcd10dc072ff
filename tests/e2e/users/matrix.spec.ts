import { strict as assert } from "node:assert";
import { entriesOf, methodsOf, openPaths, routes } from "../../../components/openapi/routes";
import { type Answer, call } from "../support/api";
import { remove, untilDescribed } from "../support/images";
import { withToken } from "../support/stack";
import { type UsersStack, useUsers } from "../support/use-users";
import { useIssuerStack } from "./support/issuer-stack";
import { type Caller, type Expected, expected, matrix, type Row, sees } from "./support/matrix";
import {
  imageFields,
  limitedUsers,
  makeRecord,
  makeThing,
  newUsers,
  recordThings,
  type Thing,
  things,
} from "./support/things";

/** A page of this origin asks. */
const origin = "https://app.example.com";

type Headers = Record<string, string>;

/** A caller, and the headers that come with the requests. */
interface Sender extends Caller {
  headers: (stack: UsersStack) => Promise<Headers> | Headers;
}

const users = newUsers();

const unauthorized: Expected = [401, "Unauthorized"];
const invalidToken: Expected = [401, "InvalidToken"];

/** With a token; options are those of `TokenOf`. */
function bearer(...of: Parameters<UsersStack["token"]>): Sender["headers"] {
  return async ({ token }) => ({ authorization: `Bearer ${await token(...of)}` });
}

/** With several of these. */
function both(one: Sender["headers"], other: Sender["headers"]): Sender["headers"] {
  return async (stack) => ({ ...(await one(stack)), ...(await other(stack)) });
}

const planKey = ({ outputs }: UsersStack): Headers => ({ "x-api-key": outputs.apiKey });
const wrongKey = (): Headers => ({ "x-api-key": "x".repeat(40) });
const garbage = (): Headers => ({ authorization: "Bearer garbage" });

/** Callers of an API that takes tokens alone. */
const senders: Record<string, Sender> = {
  nobody: { headers: () => ({}), refusal: unauthorized },
  "the plan's key": { headers: planKey, refusal: unauthorized },
  "a token that is none": { headers: garbage, refusal: invalidToken },
  "a token that has expired": {
    headers: bearer(users.ada, { expires: -120 }),
    refusal: invalidToken,
  },
  ada: { headers: bearer(users.ada), as: "ada" },
  "bob, beside a key that is not known": {
    headers: both(bearer(users.bob), wrongKey),
    as: "bob",
  },
  "an admin": { headers: bearer("admin", { admin: true }), as: "admin" },
};

/** Callers of an API that takes keys, too, as far as those make a difference. */
const sendersWithKeys: Record<string, Sender> = {
  nobody: { headers: () => ({}), refusal: invalidToken },
  "the plan's key": { headers: planKey, as: "program" },
  "a key that is not known": { headers: wrongKey, refusal: [403, "InvalidApiKey"] },
  "a token that is none, beside the plan's key": {
    headers: both(garbage, planKey),
    refusal: invalidToken,
  },
  "bob, beside the plan's key": { headers: both(bearer(users.bob), planKey), as: "bob" },
};

describe("user, route and object", () => {
  describe("where tokens alone are taken", () => {
    describeMatrix(useIssuerStack(), senders, origin);
  });

  describe("where keys are taken, too", () => {
    describeMatrix(useUsers(limitedUsers), sendersWithKeys, "*");
  });
});

function describeMatrix(
  stack: () => UsersStack,
  all: Record<string, Sender>,
  allowedOrigin: string,
): void {
  const ids = new Map<Thing, string>();
  const headers = new Map<Sender, Headers>();
  let rows: ReturnType<typeof matrix>;

  before("make what requests are about", async function () {
    this.timeout(120_000);
    rows = matrix(await imageFields());
    for (const thing of Object.values(things)) {
      const id = await makeThing(stack(), users, thing);
      ids.set(thing, id);
      if (thing.kind === "ready") {
        await untilDescribed(await asAdmin(), id);
      }
    }
    for (const sender of Object.values(all)) {
      headers.set(sender, await sender.headers(stack()));
    }
  });

  /** Asks by `method` for what a row sends about a thing. */
  async function ask(sender: Sender, method: string, row: Row, thing: Thing): Promise<Answer> {
    const { path, json } = await sent(row, thing, isChanged(sender, method, row, thing));
    const isJson = json !== undefined;
    const answer = await call(stack(), path, {
      method,
      apiKey: null,
      headers: {
        origin,
        ...headers.get(sender),
        ...(isJson && { "content-type": "application/json" }),
      },
      ...(isJson && { body: JSON.stringify(json) }),
    });
    if (method === "POST" && path === "/images" && answer.status === 201) {
      await remove(await asAdmin(), String(answer.body.imageId));
    }
    return answer;
  }

  async function sent(row: Row, thing: Thing, mustBeNew: boolean) {
    switch (row.about) {
      case "a thing":
        return row.send(mustBeNew ? await makeThing(stack(), users, thing) : idOf(thing));
      case "a record":
        return row.send(await makeRecord(stack(), users, thing));
      case "a user":
        return row.send(thing.owner && users[thing.owner]);
      case "the caller":
        return row.send();
    }
  }

  function idOf(thing: Thing): string {
    const id = ids.get(thing);
    assert.ok(id);
    return id;
  }

  async function asAdmin() {
    return withToken(stack(), await stack().token("admin", { admin: true }));
  }

  for (const [who, sender] of Object.entries(all)) {
    for (const [operation, { path }] of entriesOf(routes)) {
      for (const verb of methodsOf(operation)) {
        it(`answers ${who}: ${verb} ${path}`, async function () {
          this.timeout(60_000);
          for (const row of rows[operation]) {
            const asked = Object.entries(thingsOf(row)).filter(
              // Whoever is not let in is not asked what about.
              ([, { kind }]) => !sender.refusal || kind === "ready" || kind === "unknown",
            );
            const answers = new Map<string, Answer>();
            for (const [what, thing] of asked) {
              answers.set(what, await ask(sender, verb, row, thing));
            }
            const outcome = (make: (what: string, thing: Thing) => unknown) =>
              Object.fromEntries(asked.map(([what, thing]) => [what, make(what, thing)]));
            assert.deepEqual(
              outcome((what) => answerOf(answers.get(what))),
              outcome((_what, thing) => {
                const [status, code] = expected(row, sender, thing);
                return verb === "HEAD" || code === undefined ? [status] : [status, code];
              }),
            );
            for (const answer of answers.values()) {
              assertHeaders(answer, allowedOrigin, verb === "HEAD");
            }
            assertAlike(row, sender, answers);
          }
        });
      }
    }

    it(`answers ${who} without looking: what is open, preflights, and methods that there are not`, async () => {
      const open = { apiKey: null, headers: { origin, ...headers.get(sender) } };
      for (const method of ["GET", "HEAD"]) {
        for (const path of openPaths) {
          assert.equal((await call(stack(), path, { ...open, method })).status, 200);
        }
      }
      for (const [path, methods] of methodsByPath()) {
        const preflight = await call(stack(), path, {
          method: "OPTIONS",
          apiKey: null,
          headers: { ...open.headers, "access-control-request-method": "GET" },
        });
        assert.equal(preflight.status, 204);
        assert.equal(preflight.headers.get("access-control-allow-origin"), allowedOrigin);
        const allowed = preflight.headers.get("access-control-allow-headers") ?? "";
        assert.match(allowed, /(^|,)authorization(,|$)/i);
        const method = ["PUT", "PATCH", "POST"].find((each) => !methods.includes(each)) ?? "";
        const other = await call(stack(), path, { ...open, method });
        assert.deepEqual(answerOf(other), [405, "MethodNotAllowed"]);
        assert.equal(other.headers.get("access-control-allow-origin"), allowedOrigin);
      }
    });
  }

  it("leaves what is somebody's to whose it is", async () => {
    for (const [what, thing] of Object.entries(things).filter(([, { kind }]) => kind === "ready")) {
      const owner = withToken(stack(), await stack().token(users[thing.owner ?? "ada"]));
      assert.equal((await call(owner, `/images/${idOf(thing)}`)).status, 200, what);
    }
  });
}

/** All methods that a path has. */
function methodsByPath(): Map<string, string[]> {
  const methods = new Map<string, string[]>();
  for (const [operation, { path }] of entriesOf(routes)) {
    methods.set(path, [...(methods.get(path) ?? []), ...methodsOf(operation)]);
  }
  return methods;
}

/** What a row is about: all things, one for each owner, or none. */
function thingsOf({ about }: Row): Record<string, Thing> {
  switch (about) {
    case "a thing":
      return things;
    case "a record":
      return recordThings;
    case "a user":
      return { ada: { kind: "ready", owner: "ada" }, bob: { kind: "ready", owner: "bob" }, nobody };
    case "the caller":
      return { nobody };
  }
}

const nobody: Thing = { kind: "unknown" };

/** Whether a request changes what it is about, which is then not to be what others ask for. */
function isChanged(sender: Sender, method: string, row: Row, thing: Thing): boolean {
  const [status] = expected(row, sender, thing);
  return method === "DELETE" && status === 204 && !["unknown", "malformed"].includes(thing.kind);
}

function answerOf(answer: Answer | undefined): unknown[] {
  const { status, body } = answer ?? {};
  return body?.code === undefined ? [status] : [status, body.code];
}

/** Pages may read any answer, and whoever is not let in is told how to be. */
function assertHeaders({ status, headers, body }: Answer, allowed: string, isHead: boolean): void {
  assert.equal(headers.get("access-control-allow-origin"), allowed);
  assert.equal(headers.get("vary")?.includes("Origin") ?? false, allowed !== "*");
  const challenge = headers.get("www-authenticate");
  assert.equal(challenge !== null, status === 401);
  if (status === 401 && !isHead) {
    const isMissing = body.code === "Unauthorized";
    assert.equal(challenge, isMissing ? "Bearer" : 'Bearer error="invalid_token"');
  }
}

/** What is another's is answered as what there is not, but for the request's id. */
function assertAlike(row: Row, sender: Sender, answers: ReadonlyMap<string, Answer>): void {
  const unknown = answers.get("what there is not");
  const isAbout = row.about === "a thing" || (row.about === "a record" && !row.taken);
  const hidden = Object.entries(thingsOf(row)).filter(([, thing]) => !sees(sender, thing));
  if (isAbout && unknown && !sender.refusal) {
    for (const [what] of hidden) {
      assert.deepEqual(withoutIds(answers.get(what)), withoutIds(unknown), what);
    }
  }
}

/** An answer without what is new in every one. */
function withoutIds(answer: Answer | undefined): unknown {
  const { status, headers, body } = answer ?? {};
  const kept = [...(headers ?? [])].filter(([name]) => !/^(x-amz.*|date)$/.test(name));
  return { status, headers: kept, body: { ...body, requestId: undefined } };
}
