import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CodeDeployClient,
  CreateDeploymentCommand,
  type CreateDeploymentCommandInput,
  type DeploymentInfo,
  GetDeploymentCommand,
  GetDeploymentTargetCommand,
  type LambdaTarget,
} from "@aws-sdk/client-codedeploy";
import type { AlarmDefinition } from "../../../../aws/cloudwatch/alarm-definition";
import { CloudWatch } from "../../../../aws/cloudwatch/cloudwatch";
import { codeDeployApi } from "../../../../aws/codedeploy/api";
import { CodeDeploy } from "../../../../aws/codedeploy/codedeploy";
import type { GroupDefinition } from "../../../../aws/codedeploy/definition";
import type { AliasState } from "../../../../aws/codedeploy/function-alias";
import { Iam } from "../../../../aws/iam/iam";
import type { PolicyStatement, Principal } from "../../../../aws/iam/types";
import { Aliases } from "../../../../aws/lambda/versions/aliases";

export const account = { accountId: "123456789012", region: "us-east-1", partition: "aws" };
export const roleArn = "arn:aws:iam::123456789012:role/deployer";
export const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:pay";
export const names = { applicationName: "shop", deploymentGroupName: "pay" };
const root: Principal = { kind: "root", arn: "arn:aws:iam::123456789012:root" };

const allow = (Action: string | string[], Resource: string): PolicyStatement => ({
  Effect: "Allow",
  Action,
  Resource,
});

/** All that deployments need. */
export const enough: readonly PolicyStatement[] = [
  allow(["lambda:GetAlias", "lambda:UpdateAlias"], functionArn),
  allow("lambda:GetProvisionedConcurrencyConfig", `${functionArn}:live`),
  allow("cloudwatch:DescribeAlarms", "*"),
];

export const group: GroupDefinition = {
  id: "11111111-2222-3333-4444-555555555555",
  name: "pay",
  application: "shop",
  roleArn,
  configName: "CodeDeployDefault.LambdaCanary10Percent5Minutes",
  deploymentType: "BLUE_GREEN",
  deploymentOption: "WITH_TRAFFIC_CONTROL",
  alarms: { enabled: true, ignorePollAlarmFailure: false, alarms: ["errors"] },
  rollback: {
    enabled: true,
    events: ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"],
  },
};

/** The alarm that the group watches. */
export const alarm: AlarmDefinition = {
  name: "errors",
  namespace: "AWS/Lambda",
  metricName: "Errors",
  dimensions: {},
  statistic: "Sum",
  comparisonOperator: "GreaterThanThreshold",
  threshold: 0,
  period: 60,
  evaluationPeriods: 1,
};

/** CodeDeploy at a time of its own, between the real IAM, CloudWatch and aliases of Lambda, spoken to by the real SDK. */
export class DeployFixture {
  readonly lines: string[] = [];
  readonly cloudWatch: CloudWatch;
  readonly iam: Iam;
  /** Of a function that has three versions. */
  readonly aliases: Aliases;
  now = new Date("2026-01-15T10:00:00Z");
  /** Who calls. */
  caller = root;
  codeDeploy: CodeDeploy;
  readonly dataDir = mkdtempSync(join(tmpdir(), "codedeploy-"));
  #server: Server | undefined;
  #client: CodeDeployClient | undefined;

  constructor() {
    this.iam = new Iam(this.#common());
    this.cloudWatch = new CloudWatch({ ...this.#common(), publish: () => Promise.resolve() });
    this.aliases = new Aliases({
      dataDir: this.dataDir,
      functionOf: () => ({
        arn: functionArn,
        has: (version) => ["1", "2", "3"].includes(version),
      }),
    });
    this.aliases.create({ functionName: "pay", name: "live", version: "1" });
    this.codeDeploy = this.#made();
  }

  /** With an application, its group, the role, and the alarm, which is OK. */
  static async start(statements: readonly PolicyStatement[] = enough): Promise<DeployFixture> {
    const fixture = new DeployFixture();
    fixture.createRole("deployer", statements, "codedeploy.amazonaws.com");
    fixture.cloudWatch.putAlarm(alarm);
    fixture.setAlarm("OK");
    fixture.declare();
    await fixture.#listen();
    return fixture;
  }

  /** Does what a program does at each start. */
  declare(definition = group): void {
    this.codeDeploy.groups.putApplication({ id: "app", name: "shop", tags: { team: "one" } });
    this.codeDeploy.putGroup(definition);
  }

  /** As after a restart, before the program has run. */
  async restart(): Promise<void> {
    await this.codeDeploy.stop();
    this.codeDeploy = this.#made();
    await this.#close();
    await this.#listen();
  }

  async stop(): Promise<void> {
    await this.codeDeploy.stop();
    await this.#close();
    rmSync(this.dataDir, { recursive: true });
  }

  get client(): CodeDeployClient {
    return this.#client ?? assert.fail("not started");
  }

  /** Where the alias `live` leads. */
  get alias(): AliasState {
    const { version, weights } = this.aliases.find("pay", "live") ?? assert.fail("no alias");
    return { version, weights };
  }

  createRole(name: string, statements: readonly PolicyStatement[], service: string): void {
    const trust = { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" };
    const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
    this.iam.createRole({ name, assumeRolePolicy });
    const document = JSON.stringify({ Version: "2012-10-17", Statement: statements });
    this.iam.putRolePolicy(name, "own", document);
  }

  setAlarm(state: "ALARM" | "OK", name = "errors"): void {
    this.cloudWatch.setAlarmState(name, state, "for a test");
  }

  /** Lets minutes pass, and does what is due then. */
  after(minutes: number): void {
    this.now = new Date(this.now.getTime() + minutes * 60_000);
    this.codeDeploy.advance();
  }

  /** Asks for a deployment of version 2. @returns its id. */
  async create(input: Partial<CreateDeploymentCommandInput> = {}): Promise<string> {
    const { deploymentId } = await this.client.send(
      new CreateDeploymentCommand({ ...names, revision: revision(), ...input }),
    );
    return deploymentId ?? assert.fail("no id");
  }

  /** As {@link create}, and lets it begin. */
  async begin(input: Partial<CreateDeploymentCommandInput> = {}): Promise<string> {
    const id = await this.create(input);
    this.codeDeploy.advance();
    return id;
  }

  async get(deploymentId: string | undefined): Promise<DeploymentInfo> {
    const { deploymentInfo } = await this.client.send(new GetDeploymentCommand({ deploymentId }));
    return deploymentInfo ?? assert.fail("no deployment");
  }

  async target(deploymentId: string | undefined): Promise<LambdaTarget> {
    const { deploymentTarget } = await this.client.send(
      new GetDeploymentTargetCommand({ deploymentId, targetId: "pay:live" }),
    );
    return deploymentTarget?.lambdaTarget ?? assert.fail("no target");
  }

  /** What became of each thing that happens in a deployment. */
  async events(deploymentId: string | undefined): Promise<(string | undefined)[][]> {
    const { lifecycleEvents = [] } = await this.target(deploymentId);
    return lifecycleEvents.map(({ lifecycleEventName, status }) => [lifecycleEventName, status]);
  }

  #common() {
    return {
      account,
      dataDir: this.dataDir,
      notify: (line: string) => this.lines.push(line),
      clock: () => this.now,
    };
  }

  #made(): CodeDeploy {
    return new CodeDeploy({
      ...this.#common(),
      authorizer: this.iam,
      assumeRole: (request) => this.iam.assumeRole(request),
      alarms: this.cloudWatch,
      aliases: this.aliases,
    });
  }

  async #listen(): Promise<void> {
    const access = {
      ...this.#common(),
      authenticator: { authenticate: () => this.caller },
      authorizer: this.iam,
    };
    const server = createServer(codeDeployApi(access, this.codeDeploy));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    this.#server = server;
    this.#client = new CodeDeployClient({
      endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      region: account.region,
      credentials: { accessKeyId: "AKIA", secretAccessKey: "secret" },
      maxAttempts: 1,
    });
  }

  async #close(): Promise<void> {
    this.#client?.destroy();
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
  }
}

/** An AppSpec of Lambda's platform in JSON. */
export function appSpec(properties: Record<string, unknown> = {}): string {
  const Properties = {
    Name: "pay",
    Alias: "live",
    CurrentVersion: "1",
    TargetVersion: "2",
    ...properties,
  };
  const Resources = [{ function: { Type: "AWS::Lambda::Function", Properties } }];
  return JSON.stringify({ version: 0, Resources });
}

export function revision(properties: Record<string, unknown> = {}) {
  return {
    revisionType: "AppSpecContent" as const,
    appSpecContent: { content: appSpec(properties) },
  };
}
