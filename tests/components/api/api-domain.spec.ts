import assert from "node:assert/strict";
import * as aws from "@pulumi/aws";
import { ApiDomain } from "../../../components/api/api-domain";
import { CustomDomain } from "../../../components/edge/custom-domain";
import { type MockedRun, outputValue, runMocked } from "../../support/pulumi";

describe("ApiDomain", () => {
  let run: MockedRun;
  let apiDomain: ApiDomain;

  before(async () => {
    ({ run, result: apiDomain } = await runMocked(() => {
      const restApi = new aws.apigateway.RestApi("rest");
      const stage = new aws.apigateway.Stage("stage", {
        restApi,
        deployment: "d1",
        stageName: "v1",
      });
      const domain = new CustomDomain("own", { domainName: "api.example.com", zoneId: "Z1" });
      return new ApiDomain("test", { domain, restApi, stage });
    }));
  });

  it("serves the name in the stack's region, by TLS 1.2 or later and by IPv4 and IPv6", () => {
    assert.deepEqual(run.inputs("aws:apigateway/domainName:DomainName", "test"), {
      domainName: "api.example.com",
      regionalCertificateArn: "arn:mock:aws:acm/certificate:Certificate:own-certificate",
      endpointConfiguration: { types: "REGIONAL", ipAddressType: "dualstack" },
      securityPolicy: "TLS_1_2",
    });
  });

  it("keeps the stage in the path", async () => {
    const type = "aws:apigateway/basePathMapping:BasePathMapping";
    assert.deepEqual(run.inputs(type, "test-mapping"), {
      domainName: "api.example.com",
      restApi: "rest-id",
      stageName: "v1",
      basePath: "v1",
    });
    assert.equal(await outputValue(apiDomain.url), "https://api.example.com/v1");
  });

  it("leads the name to the API's regional endpoint", async () => {
    const aliases = [
      {
        name: "d-test.execute-api.us-east-1.amazonaws.com",
        zoneId: "Z1UJRXOUMOOFQ8",
        evaluateTargetHealth: false,
      },
    ];
    assert.deepEqual(run.inputs("aws:route53/record:Record", "own-a").aliases, aliases);
    assert.deepEqual(run.inputs("aws:route53/record:Record", "own-aaaa").aliases, aliases);
    assert.equal(await outputValue(apiDomain.target), "d-test.execute-api.us-east-1.amazonaws.com");
  });
});
