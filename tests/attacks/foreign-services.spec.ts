import { strict as assert } from "node:assert";
import type { InProcessRun } from "../support/in-process-run";
import {
  distributionNames,
  distributionOf,
  type FunctionName,
  functionNames,
  resourceNamed,
  useTarget,
} from "./support/target";

const lambda = "lambda.amazonaws.com";
const apiGateway = "apigateway.amazonaws.com";

describe("services that act for somebody else", function () {
  this.timeout(60_000);
  const target = useTarget();

  for (const { name, bucket, keys, foreign } of [
    {
      name: "edge",
      bucket: "resultsBucket",
      keys: ["results/seed"],
      foreign: ["images/seed", "i/seed", "other/seed", "results", "result?/seed", "results/none"],
    },
    {
      name: "imageEdge",
      bucket: "renditionsBucket",
      keys: ["i/seed", "errors/forbidden.json"],
      foreign: ["images/seed", "results/seed", "other/seed", "i", "errors", "?/seed", "i/none"],
    },
  ] as const) {
    describe(`CloudFront for ${name}`, () => {
      const ownArn = () => String(distributionOf(target().run, name).outputs?.arn);

      async function read(change: {
        sourceArn?: string;
        service?: string;
        bucket?: string;
        key?: string;
        method?: "GET" | "PUT";
      }): Promise<number> {
        const { cloud, stack } = target().run;
        const { service = "cloudfront.amazonaws.com", sourceArn } = change;
        const { status, body } = await cloud.services.s3.handle({
          principal: { kind: "service", service },
          method: change.method ?? "GET",
          bucket: change.bucket ?? stack.outputs[bucket],
          key: change.key ?? keys[0],
          headers: {},
          context: sourceArn === undefined ? {} : { "aws:SourceArn": sourceArn },
        });
        if (!Buffer.isBuffer(body)) {
          body.destroy();
        }
        return status;
      }

      it("reads what the distribution serves", async () => {
        for (const key of keys) {
          assert.equal(await read({ sourceArn: ownArn(), key }), 200, key);
        }
      });

      it("reads nothing for another distribution, of this account or another, or for none", async () => {
        const own = ownArn();
        const other = distributionNames.find((each) => each !== name) ?? name;
        for (const sourceArn of [
          `${own}X`,
          own.replace(/\/.*/, "/*"),
          own.replace(/\/.*/, "/E2OTHERDISTRIB"),
          own.replace("000000000000", "111111111111"),
          own.toLowerCase(),
          String(distributionOf(target().run, other).outputs?.arn),
          undefined,
        ]) {
          assert.equal(await read({ sourceArn }), 403, sourceArn);
        }
      });

      it("reads nothing else, and writes nothing", async () => {
        const { outputs } = target().run.stack;
        const sourceArn = ownArn();
        const others = (["imagesBucket", "resultsBucket", "renditionsBucket"] as const).filter(
          (each) => each !== bucket,
        );
        for (const change of [
          ...foreign.map((key) => ({ key })),
          ...others.flatMap((each) =>
            ["images/seed", "results/seed", "i/seed"].map((key) => ({
              bucket: outputs[each],
              key,
            })),
          ),
          { method: "PUT" as const, key: keys[0] },
          { service: "s3.amazonaws.com" },
          { service: apiGateway },
        ]) {
          assert.equal(await read({ sourceArn, ...change }), 403, JSON.stringify(change));
        }
      });

      it("invokes no function other than by its URL", () => {
        const { run, victims } = target();
        for (const victim of functionNames) {
          const authorize = () => {
            run.cloud.services.lambda.authorize({
              functionName: victims[victim].deployedName,
              principal: { kind: "service", service: "cloudfront.amazonaws.com" },
              sourceArn: ownArn(),
            });
          };
          assert.throws(authorize, { code: "AccessDeniedException" }, victim);
        }
      });
    });
  }

  describe("API Gateway", () => {
    function invoke(sourceArn: string | undefined, service = apiGateway): Promise<unknown> {
      const { run, victims } = target();
      return run.cloud.services.lambda.invoke({
        functionName: victims["get-image"].deployedName,
        payload: "{}",
        invocationType: "RequestResponse",
        principal: { kind: "service", service },
        ...(sourceArn !== undefined && { sourceArn }),
      });
    }

    function ownArn(): string {
      const { run } = target();
      const [api] = run.resourcesOf("aws:apigateway/restApi:RestApi");
      return `${String(api?.outputs?.executionArn)}/v1/GET/images/{id}`;
    }

    it("invokes a function for its own route", async () => {
      assert.ok(await invoke(ownArn()));
    });

    it("invokes nothing for another API, method or path, or for none", async () => {
      const own = ownArn();
      for (const sourceArn of [
        own.replace(/:[^:/]+\//, ":otherapi00/"),
        own.replace("000000000000", "111111111111"),
        own.replace("GET", "POST"),
        own.replace("/images/{id}", "/process"),
        own.replace("/images/{id}", "/images"),
        undefined,
      ]) {
        await assert.rejects(invoke(sourceArn), { code: "AccessDeniedException" }, sourceArn);
      }
    });

    it("is the only service that invokes", async () => {
      for (const service of ["s3.amazonaws.com", "sns.amazonaws.com", "events.amazonaws.com"]) {
        await assert.rejects(invoke(ownArn(), service), { code: "AccessDeniedException" }, service);
      }
    });
  });

  for (const [what, names, service, ownArn] of [
    [
      "S3",
      ["finalise-upload", "describe-image"],
      "s3.amazonaws.com",
      (run: InProcessRun) => `arn:aws:s3:::${run.stack.outputs.imagesBucket}`,
    ],
    [
      "EventBridge",
      ["sweep-images"],
      "events.amazonaws.com",
      (run: InProcessRun) =>
        String(resourceNamed(run, "aws:cloudwatch/eventRule:EventRule", "-sweep").outputs?.arn),
    ],
  ] as const) {
    describe(what, () => {
      function authorize(
        victim: FunctionName,
        sourceArn: string | undefined,
        by: string = service,
      ) {
        const { run, victims } = target();
        run.cloud.services.lambda.authorize({
          functionName: victims[victim].deployedName,
          principal: { kind: "service", service: by },
          ...(sourceArn !== undefined && { sourceArn }),
        });
      }
      const refused = { code: "AccessDeniedException" };

      it(`invokes ${names.join(", ")} for its own source, and no other function`, () => {
        const own = ownArn(target().run);
        for (const name of names) {
          authorize(name, own);
        }
        for (const other of functionNames.filter((each) => !names.some((name) => name === each))) {
          assert.throws(() => {
            authorize(other, own);
          }, refused);
        }
      });

      it("invokes them for no other source, and is alone in that", () => {
        const { run } = target();
        const own = ownArn(run);
        const { resultsBucket } = run.stack.outputs;
        const services = [apiGateway, "s3.amazonaws.com", "events.amazonaws.com"];
        for (const name of names) {
          for (const other of [`${own}X`, `${own}/*`, `arn:aws:s3:::${resultsBucket}`, undefined]) {
            assert.throws(() => {
              authorize(name, other);
            }, refused);
          }
          for (const by of services.filter((each) => each !== service)) {
            assert.throws(() => {
              authorize(name, own, by);
            }, refused);
          }
        }
      });
    });
  }

  describe("roles", () => {
    function assume(roleArn: string, service: string): unknown {
      return target().run.cloud.iam.assumeRole({ roleArn, sessionName: "thief", service });
    }

    it("of functions are Lambda's alone", () => {
      for (const name of functionNames) {
        const { roleArn } = target().victims[name];
        assert.ok(assume(roleArn, lambda));
        for (const service of [apiGateway, "ec2.amazonaws.com", "edgelambda.amazonaws.com"]) {
          assert.throws(() => assume(roleArn, service), { code: "AccessDenied" });
        }
      }
    });

    it("of API Gateway's logs are its alone", () => {
      const role = resourceNamed(target().run, "aws:iam/role:Role", "logging-role");
      const roleArn = String(role.outputs?.arn);
      assert.ok(assume(roleArn, apiGateway));
      assert.throws(() => assume(roleArn, lambda), { code: "AccessDenied" });
    });
  });
});
