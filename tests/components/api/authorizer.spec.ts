import assert from "node:assert/strict";
import { Authorizer } from "../../../components/api/authorizer";
import type { UserSettings } from "../../../components/config/user-config";
import { functionPolicy } from "../../../components/policies/function-policy";
import { type MockedRun, runMocked } from "../../support/pulumi";

const users: UserSettings = {
  issuer: "https://id.example.com/",
  audience: ["darkroom", "https://api.example.com"],
  userClaim: "email",
  admin: { claim: "/realm_access/roles", value: "admin" },
  allowApiKeys: true,
  maxImages: 0,
  maxBytes: 0,
};

async function create(settings: UserSettings): Promise<MockedRun> {
  const { run } = await runMocked(
    () => new Authorizer("test", { users: settings, apiKey: "the-key", logRetentionDays: 30 }),
  );
  return run;
}

function variablesOf(run: MockedRun): Record<string, string> {
  const { environment } = run.inputs("aws:lambda/function:Function", "test");
  return (environment as { variables: Record<string, string> }).variables;
}

describe("Authorizer", () => {
  let run: MockedRun;

  before(async () => {
    run = await create(users);
  });

  it("tells the function whose tokens are accepted, and not the key, but where it is", () => {
    assert.deepEqual(variablesOf(run), {
      POWERTOOLS_SERVICE_NAME: "authorize",
      POWERTOOLS_LOG_LEVEL: "INFO",
      OIDC_ISSUER: "https://id.example.com/",
      OIDC_AUDIENCE: '["darkroom","https://api.example.com"]',
      OIDC_USER_CLAIM: "email",
      OIDC_ADMIN_CLAIM: "/realm_access/roles",
      OIDC_ADMIN_VALUE: "admin",
      ALLOW_API_KEYS: "true",
      API_KEY_PARAMETER: "/api-key/test-name",
    });
    assert.equal(run.inputs("aws:lambda/function:Function", "test").timeout, 20);
  });

  it("names no claim of admins where there are none", async () => {
    const { admin, ...others } = users;
    assert.ok(admin);
    const variables = variablesOf(await create({ ...others, allowApiKeys: false }));
    assert.equal("OIDC_ADMIN_CLAIM" in variables || "OIDC_ADMIN_VALUE" in variables, false);
    assert.equal(variables.ALLOW_API_KEYS, "false");
  });

  it("has room in the function's environment for the longest that a config may say", async () => {
    const longest = {
      ...users,
      issuer: "https://id.example/".padEnd(255, "a"),
      audience: Array.from({ length: 10 }, (_, index) => String(index).padEnd(128, "a")),
      userClaim: "\u{1f4f7}".repeat(128),
      admin: { claim: "\u{1f4f7}".repeat(128), value: "\u{1f4f7}".repeat(128) },
    };
    const variables = Object.entries(variablesOf(await create(longest)));
    // The names of parameters that Pulumi generates are longer by a few characters.
    assert.ok(Buffer.byteLength(JSON.stringify(variables)) < 4096 - 100);
  });

  it("keeps the key's value encrypted, and secret", () => {
    const { value, ...inputs } = run.inputs("aws:ssm/parameter:Parameter", "/api-key/test");
    assert.deepEqual(inputs, {
      type: "SecureString",
      description: "API key to which requests of users count",
    });
    assert.ok(JSON.stringify(value).includes("the-key"));
    assert.equal(JSON.stringify(run.ofType("darkroom:api:Authorizer")).includes("the-key"), false);
  });

  it("lets the function read its one parameter, and nothing else", () => {
    const { policy } = run.inputs("aws:iam/policy:Policy", "test-policy");
    assert.deepEqual(
      JSON.parse(String(policy)),
      functionPolicy("arn:mock:aws:cloudwatch/logGroup:LogGroup:/aws/lambda/test", [
        {
          Sid: "ReadApiKey",
          Effect: "Allow",
          Action: ["ssm:GetParameter"],
          Resource: ["arn:mock:aws:ssm/parameter:Parameter:/api-key/test"],
        },
      ]),
    );
  });

  it("lets nobody invoke the function until an API may ask", () => {
    assert.deepEqual(run.ofType("aws:lambda/permission:Permission"), []);
  });
});
