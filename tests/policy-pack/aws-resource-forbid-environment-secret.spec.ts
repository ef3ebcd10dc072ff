import { awsResourceForbidEnvironmentSecret as policy } from "../../policy-pack/policies/aws-resource-forbid-environment-secret";
import { assertAccepted, assertRefused, outputOf, resource } from "./support/harness";

const list = (value: unknown) => [{ name: "DB_PASSWORD", value }];
const map = (value: unknown) => ({ DB_PASSWORD: value });

/** By type, properties with a variable of the value. */
const programs: Record<string, (value: unknown) => Record<string, unknown>> = {
  "aws:amplify/app:App": (value) => ({ environmentVariables: map(value) }),
  "aws:apprunner/service:Service": (value) => ({
    sourceConfiguration: {
      imageRepository: { imageConfiguration: { runtimeEnvironmentVariables: map(value) } },
    },
  }),
  "aws:batch/jobDefinition:JobDefinition": (value) => ({
    containerProperties: JSON.stringify({ image: "busybox", environment: list(value) }),
  }),
  "aws:codebuild/project:Project": (value) => ({
    environment: { image: "aws/codebuild/standard:7.0", environmentVariables: list(value) },
  }),
  "aws:ecs/taskDefinition:TaskDefinition": (value) => ({
    containerDefinitions: JSON.stringify([{ name: "web", environment: list(value) }]),
  }),
  "aws:elasticbeanstalk/environment:Environment": (value) => ({
    settings: list(value).map((one) => ({
      namespace: "aws:elasticbeanstalk:application:environment",
      ...one,
    })),
  }),
  "aws:glue/job:Job": (value) => ({ defaultArguments: map(value) }),
  "aws:lightsail/containerServiceDeploymentVersion:ContainerServiceDeploymentVersion": (value) => ({
    containers: [{ containerName: "web", environment: map(value) }],
  }),
  "aws:sagemaker/model:Model": (value) => ({ primaryContainer: { environment: map(value) } }),
  "aws:synthetics/canary:Canary": (value) => ({ runConfig: { environmentVariables: map(value) } }),
};

describe("aws-resource-forbid-environment-secret", () => {
  for (const [type, propsWith] of Object.entries(programs)) {
    const label = `aws.${type.slice(4).replace(/\/.*:/, ".")} "web"`;

    it(`reads the variables of ${type}, and does not repeat a secret`, async () => {
      await assertAccepted(policy, [
        resource(type, "web", propsWith("{{resolve:secretsmanager:db}}")),
        resource(type, "web", propsWith(outputOf())),
        resource(type, "web", {}),
      ]);
      await assertRefused(
        policy,
        [resource(type, "web", propsWith("hunter2"))],
        `${label} has what looks like secrets in DB_PASSWORD`,
      );
    });
  }

  it("accepts references to secrets", async () => {
    await assertAccepted(policy, [
      resource("aws:codebuild/project:Project", "web", {
        environment: {
          environmentVariables: [
            { name: "DB_PASSWORD", value: "db:password", type: "SECRETS_MANAGER" },
            { name: "DB_TOKEN", value: "hunter2", type: "PARAMETER_STORE" },
          ],
        },
      }),
      resource("aws:ecs/taskDefinition:TaskDefinition", "web", {
        containerDefinitions: JSON.stringify([
          { name: "web", secrets: [{ name: "DB_PASSWORD", valueFrom: "hunter2" }] },
        ]),
      }),
    ]);
  });

  it("reads the scripts that instances start with, also in base64", async () => {
    const script = "#!/bin/sh\nexport DATABASE_URL=postgres://app:hunter2@db.example.com/orders\n";
    const problem = "has what looks like a secret in its user data";
    await assertAccepted(policy, [
      resource("aws:ec2/instance:Instance", "web", {
        userData: "#!/bin/sh\nsystemctl start web\n",
      }),
    ]);
    await assertRefused(
      policy,
      [
        resource("aws:ec2/instance:Instance", "web", { userData: script }),
        resource("aws:ec2/launchTemplate:LaunchTemplate", "web", {
          userData: Buffer.from(script).toString("base64"),
        }),
      ],
      [`aws.ec2.Instance "web" ${problem}`, `aws.ec2.LaunchTemplate "web" ${problem}`],
    );
  });

  it("allows what a team allows", async () => {
    await assertAccepted(
      policy,
      [resource("aws:glue/job:Job", "web", { defaultArguments: map("x") })],
      {
        settings: { allowed: ["DB_PASSWORD"] },
      },
    );
  });
});
