import assert from "node:assert/strict";
import { AwsError } from "../../../../aws/aws-error";
import { inLab, type Lab, ok, openApi, proxied, raw } from "../lab";

const document = openApi({
  "/things/{id}": { get: proxied(), post: proxied() },
  "/slow": { get: proxied({}, { timeoutInMillis: 50 }) },
  "/wrong": { get: proxied({}, { httpMethod: "GET" }) },
  "/staged": {
    get: proxied(
      {},
      {
        uri: "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:123456789012:function:${stageVariables.fn}/invocations",
      },
    ),
  },
});

/** The status and message of what the gateway answers when the function does `invoke`. */
async function answer(lab: Lab, path: string, invoke?: Lab["invoke"]) {
  lab.invoke = invoke ?? lab.invoke;
  const { url } = await lab.deploy(document);
  const response = await fetch(`${url}${path}`);
  return { status: response.status, ...((await response.json()) as { message: string }) };
}

describe("lambdaProxy", () => {
  it("invokes the function as API Gateway, on behalf of the method", () =>
    inLab(async (lab) => {
      const { api, url } = await lab.deploy(document);
      await fetch(`${url}/things/7`);
      const [invocation] = lab.invocations;
      assert.equal(
        invocation?.functionName,
        "arn:aws:lambda:us-east-1:123456789012:function:worker",
      );
      assert.equal(invocation.invocationType, "RequestResponse");
      assert.deepEqual(invocation.principal, {
        kind: "service",
        service: "apigateway.amazonaws.com",
      });
      assert.equal(
        invocation.sourceArn,
        `arn:aws:execute-api:us-east-1:123456789012:${api.id}/prod/GET/things/{id}`,
      );
    }));

  it("puts stage variables into the function's name", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(document, { stage: { variables: { fn: "blue" } } });
      await fetch(`${url}/staged`);
      assert.match(lab.invocations[0]?.functionName ?? "", /:function:blue$/);
      assert.deepEqual(lab.event().stageVariables, { fn: "blue" });
    }));

  it("answers 504 when the function takes longer than the integration's timeout", () =>
    inLab(async (lab) => {
      assert.deepEqual(await answer(lab, "/slow", () => new Promise(() => undefined)), {
        status: 504,
        message: "Endpoint request timed out",
      });
    }));

  it("waits as long as it takes for a function that is followed with a debugger", () =>
    inLab(async (lab) => {
      lab.isInspected = true;
      const late = async () => {
        // The timers of one process come in their order: this one after the integration's.
        await new Promise((resolve) => setTimeout(resolve, 60));
        return ok({ statusCode: 200, body: JSON.stringify({ message: "at last" }) });
      };
      assert.deepEqual(await answer(lab, "/slow", late), { status: 200, message: "at last" });
    }));

  it("answers 502 when the function fails, and tells nothing of it", () =>
    inLab(async (lab) => {
      const payload = JSON.stringify({ errorMessage: "secret detail" });
      const failed = { statusCode: 200, functionError: "Unhandled" as const, payload };
      assert.deepEqual(await answer(lab, "/things/1", () => failed), {
        status: 502,
        message: "Internal server error",
      });
    }));

  for (const [code, statusCode, status, message] of [
    ["AccessDeniedException", 403, 500, "Internal server error"],
    ["ResourceNotFoundException", 404, 500, "Internal server error"],
    ["TooManyRequestsException", 429, 500, "Internal server error"],
    ["RequestTooLargeException", 413, 413, "Request Too Long"],
  ] as const) {
    it(`answers ${status} when Lambda refuses with ${code}`, () =>
      inLab(async (lab) => {
        const refuse = () => {
          throw new AwsError(code, "secret detail", statusCode);
        };
        assert.deepEqual(await answer(lab, "/things/1", refuse), { status, message });
      }));
  }

  it("answers 500 for a fault of the local cloud and tells of it here only", () =>
    inLab(async (lab) => {
      const fault = () => {
        throw new TypeError("secret detail");
      };
      assert.deepEqual(await answer(lab, "/things/1", fault), {
        status: 500,
        message: "Internal server error",
      });
      assert.match(lab.notices.join(), /TypeError: secret detail/);
    }));

  it("answers 500 for an integration method other than POST, as AWS does at run time", () =>
    inLab(async (lab) => {
      assert.deepEqual(await answer(lab, "/wrong"), {
        status: 500,
        message: "Internal server error",
      });
      assert.equal(lab.invocations.length, 0);
    }));

  it("serves many requests at once, each with its own answer", () =>
    inLab(async (lab) => {
      lab.invoke = async ({ payload }) => {
        const { pathParameters } = JSON.parse(payload) as { pathParameters: { id: string } };
        await new Promise((resolve) => setImmediate(resolve));
        return ok({ statusCode: 200, body: pathParameters.id });
      };
      const { url } = await lab.deploy(document);
      const ids = Array.from({ length: 50 }, (_, index) => String(index));
      const bodies = ids.map(async (id) => (await fetch(`${url}/things/${id}`)).text());
      assert.deepEqual(await Promise.all(bodies), ids);
    }));
});

describe("the payload limit", () => {
  it("lets 10,485,760 bytes through and refuses one more", () =>
    inLab(async (lab) => {
      const { url } = await lab.deploy(document);
      const post = (length: number) =>
        raw(url, "/things/1", { method: "POST", body: Buffer.alloc(length, "a") });
      assert.equal((await post(10_485_760)).status, 200);
      const refused = await post(10_485_761);
      assert.equal(refused.status, 413);
      assert.equal(refused.headers["x-amzn-errortype"], "RequestTooLargeException");
      assert.equal(lab.invocations.length, 1);
    }));
});
