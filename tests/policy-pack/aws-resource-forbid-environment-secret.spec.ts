import assert from "node:assert/strict";
import { environments, scripts } from "../../policy-pack/data/environments";
import { awsResourceForbidEnvironmentSecret as policy } from "../../policy-pack/policies/aws-resource-forbid-environment-secret";
import { declaredProperties } from "./support/aws-declarations";
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
  "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime": (value) => ({
    environmentVariables: map(value),
  }),
  "aws:cloudwatch/eventTarget:EventTarget": (value) => ({
    input: JSON.stringify({ containerOverrides: [{ name: "web", environment: list(value) }] }),
  }),
  "aws:codepipeline/pipeline:Pipeline": (value) => ({
    stages: [
      {
        name: "Build",
        actions: [
          {
            name: "Build",
            configuration: {
              ProjectName: "web",
              EnvironmentVariables: JSON.stringify([
                ...list(value),
                { name: "NPM_TOKEN", value: "hunter2", type: "PARAMETER_STORE" },
              ]),
            },
          },
        ],
      },
    ],
  }),
  "aws:ecs/expressGatewayService:ExpressGatewayService": (value) => ({
    primaryContainer: { image: "web", environments: list(value) },
  }),
  "aws:emr/cluster:Cluster": (value) => ({
    configurationsJson: JSON.stringify([
      {
        Classification: "hadoop-env",
        Configurations: [{ Classification: "export", Properties: map(value) }],
      },
    ]),
  }),
  "aws:glue/connection:Connection": (value) => ({ connectionProperties: map(value) }),
  "aws:glue/trigger:Trigger": (value) => ({ actions: [{ jobName: "a", arguments: map(value) }] }),
  "aws:kinesisanalyticsv2/application:Application": (value) => ({
    applicationConfiguration: {
      environmentProperties: {
        propertyGroups: [{ propertyGroupId: "a", propertyMap: map(value) }],
      },
    },
  }),
  "aws:mskconnect/connector:Connector": (value) => ({ connectorConfiguration: map(value) }),
  "aws:mwaa/environment:Environment": (value) => ({ airflowConfigurationOptions: map(value) }),
  "aws:pipes/pipe:Pipe": (value) => ({
    targetParameters: {
      ecsTaskParameters: { overrides: { containerOverrides: [{ environments: list(value) }] } },
    },
  }),
  "aws:sagemaker/trainingJob:TrainingJob": (value) => ({ environment: map(value) }),
  "aws:scheduler/schedule:Schedule": (value) => ({
    target: { input: JSON.stringify({ containerOverrides: [{ environment: list(value) }] }) },
  }),
  "aws:sfn/stateMachine:StateMachine": (value) => ({
    definition: JSON.stringify({
      StartAt: "run",
      States: {
        run: {
          Type: "Task",
          Parameters: {
            Overrides: {
              ContainerOverrides: [
                {
                  Environment: [
                    { Name: "DB_PASSWORD", Value: value },
                    { Name: "API_TOKEN", "Value.$": "$.token" },
                  ],
                },
              ],
            },
          },
        },
      },
    }),
  }),
  "aws:synthetics/canary:Canary": (value) => ({ runConfig: { environmentVariables: map(value) } }),
};

const read = new Set([...environments, ...scripts].map(({ type, path }) => `${type} ${path[0]}`));

/** What is called so and holds no variables, and what another rule reads. */
const otherEnvironments: ReadonlySet<string> = new Set([
  "aws:bedrock/agentcoreHarness:AgentcoreHarness environments",
  "aws:lambda/function:Function environment",
]);

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

  it("reads the variables of a buildspec, in YAML or JSON, but not the names of secrets", async () => {
    const project = (buildspec: string) =>
      resource("aws:codebuild/project:Project", "web", {
        source: { type: "CODEPIPELINE", buildspec },
      });
    const elsewhere = [
      "version: 0.2",
      "env:",
      "  parameter-store:",
      "    DB_PASSWORD: /prod/password",
      "  secrets-manager:",
      "    API_TOKEN: hunter2:token",
      "  variables:",
      "    # DB_PASSWORD: hunter2",
      '    STAGE: "prod" # of several',
      "phases:",
      "  build:",
      "    commands:",
      '      - echo "DB_PASSWORD: hunter2"',
    ];
    await assertAccepted(policy, [
      project("buildspec.yml"),
      project(elsewhere.join("\n")),
      project("env: {variables: {STAGE: prod}"),
      project("env:\n  variables: *none"),
      project(JSON.stringify({ env: { variables: { STAGE: "prod" } } })),
    ]);
    const yaml = elsewhere.with(8, "    DB_PASSWORD: 'hunter2' # mine").join("\r\n");
    const flow = `{version: 0.2, env: {variables: {STAGE: prod, DB_PASSWORD: hunter2}}}`;
    const alias = "x: &map\n  DB_PASSWORD: hunter2\nenv:\n  variables: *map";
    const json = JSON.stringify({ env: { variables: map("hunter2") } });
    for (const buildspec of [yaml, flow, alias, json]) {
      await assertRefused(
        policy,
        [project(buildspec)],
        'aws.codebuild.Project "web" has what looks like secrets in DB_PASSWORD',
      );
    }
  });

  type PropsWith = (url: string) => Record<string, unknown>;
  const documents: [type: string, title: string, propsWith: PropsWith][] = [
    [
      "aws:amplify/app:App",
      "build specification",
      (url) => ({ buildSpec: `commands:\n  - psql ${url}` }),
    ],
    [
      "aws:codebuild/project:Project",
      "build specification",
      (url) => ({ source: { buildspec: `phases:\n  build:\n    commands:\n      - psql ${url}` } }),
    ],
    [
      "aws:codepipeline/pipeline:Pipeline",
      "stages",
      (url) => ({ stages: [{ actions: [{ commands: [`psql ${url}`] }] }] }),
    ],
    [
      "aws:ec2/launchConfiguration:LaunchConfiguration",
      "user data",
      (url) => ({ userDataBase64: Buffer.from(url).toString("base64") }),
    ],
    [
      "aws:ec2/spotFleetRequest:SpotFleetRequest",
      "user data",
      (url) => ({ launchSpecifications: [{ ami: "ami-1" }, { userData: `psql ${url}` }] }),
    ],
    ["aws:lightsail/instance:Instance", "user data", (url) => ({ userData: `psql ${url}` })],
    [
      "aws:sagemaker/studioLifecycleConfig:StudioLifecycleConfig",
      "script",
      (url) => ({ studioLifecycleConfigContent: Buffer.from(url).toString("base64") }),
    ],
    [
      "aws:sfn/stateMachine:StateMachine",
      "definition",
      (url) => ({ definition: JSON.stringify({ States: { run: { Parameters: { url } } } }) }),
    ],
    [
      "aws:ssm/association:Association",
      "commands",
      (url) => ({ parameters: { commands: `psql ${url}` } }),
    ],
    [
      "aws:ssm/document:Document",
      "document",
      (url) => ({ content: JSON.stringify({ mainSteps: [url] }) }),
    ],
  ];
  for (const [type, title, propsWith] of documents) {
    it(`reads what ${type} runs`, async () => {
      const urlWith = (password: string) => `postgres://app:${password}@db.example.com/orders`;
      await assertAccepted(policy, [resource(type, "web", propsWith(urlWith("$PASSWORD")))]);
      const label = `aws.${type.slice(4).replace(/\/.*:/, ".")} "web"`;
      await assertRefused(
        policy,
        [resource(type, "web", propsWith(urlWith("hunter2")))],
        `${label} has what looks like a secret in its ${title}`,
      );
    });
  }

  it("takes expressions for what they are", async () => {
    await assertAccepted(
      policy,
      ["${secretManager:db:password}", "{% $states.input.password %}", "<$.body.password>"].map(
        (value) => resource("aws:glue/job:Job", "web", { defaultArguments: map(value) }),
      ),
    );
  });

  it("looks wherever the provider takes variables and scripts", () => {
    const asked =
      /^(environmentVariables|environments?|userData(Base64)?|build[sS]pec|propertyMap)$/;
    const missing = declaredProperties((name) => asked.test(name))
      .filter(({ type, path }) => !read.has(`${type} ${path[0]}`))
      .map(({ type, path }) => `${type} ${path.join(".")}`)
      .filter((property) => !otherEnvironments.has(property));
    assert.deepEqual(missing, []);
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
