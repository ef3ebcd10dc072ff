import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsError } from "../../../../../aws/aws-error";
import { Iam } from "../../../../../aws/iam/iam";
import { LocalLambda } from "../../../lambda/support/local-lambda";
import {
  allowed,
  asked,
  bearer,
  gateArn,
  gatedApi,
  setGate,
  statement,
  thrown,
  verdict,
} from "../../authorizer-lab";
import { account, inLab, type Lab, ok } from "../../lab";

/** The answer to a request, and the type that it says the error is of. */
async function answer(url: string): Promise<[number, string, string | null]> {
  const response = await fetch(`${url}/things`, { headers: bearer });
  return [response.status, await response.text(), response.headers.get("x-amzn-errortype")];
}

const misconfigured = [500, '{"message":null}', "AuthorizerConfigurationException"];

describe("askAuthorizer", () => {
  it("invokes the function for the authorizer, with the stage's variables in its name", () =>
    inLab(async (lab) => {
      setGate(lab, allowed);
      const { url, api } = await lab.deploy(
        gatedApi({
          authorizerUri:
            "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:${stageVariables.gate}/invocations",
        }),
        { stage: { variables: { gate: "gate" } } },
      );
      assert.equal((await fetch(`${url}/things`, { headers: bearer })).status, 200);
      const [invocation] = asked(lab);
      const id = api.definition.resources[0]?.methods.get("GET")?.authorizer?.id ?? "";
      assert.equal(invocation?.functionName, gateArn);
      assert.equal(invocation.invocationType, "RequestResponse");
      assert.equal(invocation.sourceArn, `${api.executionArn}/authorizers/${id}`);
      assert.deepEqual(invocation.principal, {
        kind: "service",
        service: "apigateway.amazonaws.com",
      });
    }));

  it("answers 401 when the function fails with just the word Unauthorized", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(gatedApi());
      setGate(lab, () => thrown("Unauthorized"));
      const unauthorized = [401, '{"message":"Unauthorized"}', "UnauthorizedException"];
      assert.deepEqual(await answer(url), unauthorized);
      for (const message of ["unauthorized", "Unauthorized.", " Unauthorized", "[401] No", ""]) {
        setGate(lab, () => thrown(message));
        assert.deepEqual(await answer(url), misconfigured, message);
      }
    }));

  it("answers 500 without a word to results that are none", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(gatedApi());
      const results = [
        null,
        "Unauthorized",
        { isAuthorized: true },
        verdict([statement("Allow")], { principalId: undefined }),
        verdict([statement("Allow")], { context: { roles: ["admin"] } }),
        verdict([]),
      ];
      for (const result of results) {
        setGate(lab, () => ok(result));
        assert.deepEqual(await answer(url), misconfigured);
      }
      assert.deepEqual(lab.notices, []);
    }));

  it("says which part of a policy it does not emulate", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(gatedApi());
      const Condition = { IpAddress: { "aws:SourceIp": "127.0.0.1" } };
      setGate(lab, verdict([{ ...statement("Allow"), Condition }]));
      assert.deepEqual(await answer(url), misconfigured);
      assert.deepEqual(lab.notices, [
        'API Gateway does not emulate conditions in the policy of an authorizer, which the authorizer "user" returns: its callers get 500.',
      ]);
    }));

  it("answers 500 when Lambda refuses, by whose fault it is", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(gatedApi());
      const failed = [500, '{"message":null}', "AuthorizerFailureException"];
      const refusals = [
        ["AccessDeniedException", 403, misconfigured],
        ["ResourceNotFoundException", 404, misconfigured],
        ["RequestEntityTooLargeException", 413, misconfigured],
        ["TooManyRequestsException", 429, failed],
        ["ServiceException", 500, failed],
      ] as const;
      for (const [code, status, expected] of refusals) {
        setGate(lab, () => {
          throw new AwsError(code, "no", status);
        });
        assert.deepEqual(await answer(url), expected, code);
      }
    }));

  it("gives both failures to their own gateway responses", () =>
    inLab(async (lab) => {
      const busy = (code: string) => ({
        statusCode: "503",
        responseParameters: { "gatewayresponse.header.Retry-After": "'10'" },
        responseTemplates: { "application/json": `{"code":"${code}"}` },
      });
      const { url } = await lab.deploy(
        gatedApi({}, undefined, {
          "x-amazon-apigateway-gateway-responses": {
            AUTHORIZER_FAILURE: busy("Failure"),
            AUTHORIZER_CONFIGURATION_ERROR: busy("Configuration"),
          },
        }),
      );
      setGate(lab, () => {
        throw new AwsError("TooManyRequestsException", "busy", 429);
      });
      assert.deepEqual((await answer(url)).slice(0, 2), [503, '{"code":"Failure"}']);
      setGate(lab, () => thrown("Ouch"));
      assert.deepEqual((await answer(url)).slice(0, 2), [503, '{"code":"Configuration"}']);
    }));
});

describe("askAuthorizer with a function of its own", () => {
  /** What the function does is what the token says. */
  const source = `exports.handler = async ({ headers, methodArn }) => {
    const token = headers.Authorization;
    if (token === "throw") throw new Error("Unauthorized");
    if (token === "throw text") throw "Unauthorized";
    if (token === "throw more") throw new Error("Unauthorized: expired");
    if (token === "crash") process.exit(1);
    if (token === "hang") await new Promise((resolve) => setTimeout(resolve, 60_000));
    if (token === "nothing") return undefined;
    const Effect = token === "deny" ? "Deny" : "Allow";
    return {
      principalId: "ada",
      policyDocument: {
        Version: "2012-10-17",
        Statement: [{ Effect, Action: "execute-api:Invoke", Resource: methodArn }],
      },
    };
  };`;
  let folder: string;
  let local: LocalLambda;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "authorizer-"));
    const common = { account, dataDir: folder, notify: () => undefined, clock: () => new Date() };
    local = await LocalLambda.start({ account, authorizer: new Iam(common) });
    await local.create(source, { name: "gate", timeoutSeconds: 1 });
  });

  after(async () => {
    await local.stop();
    await rm(folder, { recursive: true });
  });

  async function deployed(lab: Lab, sourceArn: string): Promise<string> {
    setGate(lab, (request) => local.lambda.invoke(request));
    const { url, api } = await lab.deploy(gatedApi());
    local.lambda.removePermission("gate", "gateway");
    local.lambda.addPermission({
      functionName: "gate",
      statementId: "gateway",
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      sourceArn: `${api.executionArn}${sourceArn}`,
    });
    return url;
  }

  it("goes by what the function returns, throws or fails with", () =>
    inLab(async (lab) => {
      const url = await deployed(lab, "/authorizers/*");
      const statusOf = async (Authorization: string) =>
        (await fetch(`${url}/things`, { headers: { Authorization } })).status;
      assert.equal(await statusOf("allow"), 200);
      assert.equal(await statusOf("deny"), 403);
      assert.equal(await statusOf("throw"), 401);
      assert.equal(await statusOf("throw text"), 401);
      assert.equal(await statusOf("throw more"), 500);
      assert.equal(await statusOf("nothing"), 500);
      assert.equal(await statusOf("crash"), 500);
      assert.equal(await statusOf("hang"), 500);
    }));

  it("needs a permission for the authorizer: one for methods is not enough", () =>
    inLab(async (lab) => {
      const url = await deployed(lab, "/prod/*");
      assert.deepEqual(await answer(url), misconfigured);
    }));
});
