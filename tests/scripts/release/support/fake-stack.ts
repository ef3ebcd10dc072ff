import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import {
  BatchGetDeploymentsCommand,
  CodeDeployClient,
  CreateDeploymentCommand,
  type CreateDeploymentCommandInput,
  DeploymentAlreadyCompletedException,
  type DeploymentInfo,
  GetDeploymentCommand,
  GetDeploymentGroupCommand,
  ListDeploymentsCommand,
  StopDeploymentCommand,
} from "@aws-sdk/client-codedeploy";
import {
  GetAliasCommand,
  LambdaClient,
  ListVersionsByFunctionCommand,
} from "@aws-sdk/client-lambda";
import { mockClient } from "aws-sdk-client-mock";
import { parse } from "yaml";
import { release, type ReleaseRequest } from "../../../../scripts/release/release";

/** A function with an alias. */
interface FakeFunction {
  live: number;
  newest: number;
  /** Part of the requests that goes to another version. */
  weights: Record<string, number>;
}

/** A deployment, which goes a step on each time somebody asks for it. */
interface FakeDeployment {
  input: CreateDeploymentCommandInput;
  info: DeploymentInfo & { status: "Created" | "InProgress" | "Stopped" | "Succeeded" };
  fn: FakeFunction;
  from: number;
  to: number;
}

interface AppSpec {
  version: number;
  Resources: Record<
    string,
    { Properties: Record<"Alias" | "CurrentVersion" | "Name" | "TargetVersion", string> }
  >[];
}

const region = "eu-west-1";
const credentials = { accessKeyId: "a", secretAccessKey: "b" };

/** What a release asks of Lambda, CodeDeploy and CloudWatch, as far as it can tell. */
export class FakeStack {
  readonly functions: Record<string, FakeFunction>;
  readonly deployments: FakeDeployment[] = [];
  readonly lines: string[] = [];
  /** Functions whose new version sets off the alarm. */
  readonly broken = new Set<string>();
  /** Functions whose deployments go on until they are stopped. */
  readonly endless = new Set<string>();
  /** Functions whose deployments are there from the first moment on. */
  readonly quick = new Set<string>();
  /** Functions for which CodeDeploy makes no deployment. */
  readonly refused = new Set<string>();
  readonly lambda = new LambdaClient({ region, credentials });
  readonly codeDeploy = new CodeDeployClient({ region, credentials });
  readonly cloudWatch = new CloudWatchClient({ region, credentials });
  /** Is called with the function of each deployment that is asked for. */
  onStep: (name: string) => void = () => undefined;

  /** @param versions that is live, and that is newest, by function. */
  constructor(versions: Record<string, readonly [live: number, newest: number]>) {
    this.functions = Object.fromEntries(
      Object.entries(versions).map(([name, [live, newest]]) => [
        name,
        { live, newest, weights: {} },
      ]),
    );
    this.#answerForLambda();
    this.#answerForCodeDeploy();
    mockClient(this.cloudWatch)
      .on(DescribeAlarmsCommand)
      .callsFake(({ AlarmNames = [] }: { AlarmNames?: string[] }) => ({
        MetricAlarms: AlarmNames.map((AlarmName) => ({
          AlarmName,
          AlarmDescription: `${AlarmName} happened. Runbook: docs/runbooks/${AlarmName}.md`,
          StateValue: "OK",
        })),
      }));
  }

  /** Versions that are live, by function. */
  live(): Record<string, number> {
    return Object.fromEntries(
      Object.entries(this.functions).map(([name, { live }]) => [name, live]),
    );
  }

  release(more: Partial<ReleaseRequest> = {}): Promise<boolean> {
    return release({
      application: "shop",
      functions: Object.keys(this.functions).map((operation) => ({
        operation,
        group: operation,
        function: `fn-${operation}`,
        alias: "live",
      })),
      lambda: this.lambda,
      codeDeploy: this.codeDeploy,
      cloudWatch: this.cloudWatch,
      intervalMs: 1,
      back: false,
      check: false,
      signal: new AbortController().signal,
      print: (line) => this.lines.push(line),
      ...more,
    });
  }

  #function(name = ""): FakeFunction {
    const fn = this.functions[name.replace(/^fn-/, "")];
    if (!fn) {
      throw new Error(`There is no function ${name}.`);
    }
    return fn;
  }

  #answerForLambda(): void {
    mockClient(this.lambda)
      .on(GetAliasCommand)
      .callsFake(({ FunctionName }: { FunctionName: string }) => {
        const { live, weights } = this.#function(FunctionName);
        return {
          FunctionVersion: String(live),
          RoutingConfig: { AdditionalVersionWeights: { ...weights } },
        };
      })
      .on(ListVersionsByFunctionCommand)
      .callsFake(({ FunctionName, Marker }: { FunctionName: string; Marker?: string }) => {
        const { newest } = this.#function(FunctionName);
        const all = ["$LATEST", ...Array.from({ length: newest }, (_, index) => String(index + 1))];
        const from = Number(Marker ?? 0);
        const to = from + 2;
        return {
          Versions: all.slice(from, to).map((Version) => ({ Version })),
          ...(to < all.length && { NextMarker: String(to) }),
        };
      });
  }

  #answerForCodeDeploy(): void {
    mockClient(this.codeDeploy)
      .on(CreateDeploymentCommand)
      .callsFake((input: CreateDeploymentCommandInput) => this.#create(input))
      .on(GetDeploymentCommand)
      .callsFake(({ deploymentId }: { deploymentId: string }) => {
        const deployment = this.#deployment(deploymentId);
        this.onStep(deployment.input.deploymentGroupName ?? "");
        this.#step(deployment);
        return { deploymentInfo: { ...deployment.info } };
      })
      .on(StopDeploymentCommand)
      .callsFake(({ deploymentId }: { deploymentId: string }) => {
        const deployment = this.#deployment(deploymentId);
        if (hasEnded(deployment)) {
          throw new DeploymentAlreadyCompletedException({ message: "done", $metadata: {} });
        }
        this.#stop(deployment, { code: "MANUAL_STOP", message: "Stopped by request." });
        return { status: "Pending" };
      })
      .on(ListDeploymentsCommand)
      .callsFake(({ deploymentGroupName }: { deploymentGroupName: string }) => ({
        deployments: this.deployments
          .filter(({ input, info }) => {
            return input.deploymentGroupName === deploymentGroupName && info.status === "Succeeded";
          })
          .map(({ info }) => info.deploymentId),
      }))
      .on(BatchGetDeploymentsCommand)
      .callsFake(({ deploymentIds }: { deploymentIds: string[] }) => ({
        deploymentsInfo: deploymentIds.map((id) => this.#deployment(id).info),
      }))
      .on(GetDeploymentGroupCommand)
      .resolves({
        deploymentGroupInfo: {
          alarmConfiguration: { enabled: true, alarms: [{ name: "errors" }, { name: "latency" }] },
        },
      });
  }

  #deployment(id: string): FakeDeployment {
    const found = this.deployments.find(({ info }) => info.deploymentId === id);
    if (!found) {
      throw new Error(`There is no deployment ${id}.`);
    }
    return found;
  }

  #create(input: CreateDeploymentCommandInput) {
    const name = input.deploymentGroupName ?? "";
    if (this.refused.has(name)) {
      throw new Error(`CodeDeploy refuses ${name}.`);
    }
    const { Resources } = parse(input.revision?.appSpecContent?.content ?? "") as AppSpec;
    const { CurrentVersion, TargetVersion, Name } = Object.values(Resources[0] ?? {})[0]
      ?.Properties ?? { CurrentVersion: "", TargetVersion: "", Name: "" };
    const deploymentId = `d-${this.deployments.length + 1}`;
    this.deployments.push({
      input,
      info: { deploymentId, status: "Created", description: input.description },
      fn: this.#function(Name),
      from: Number(CurrentVersion),
      to: Number(TargetVersion),
    });
    return { deploymentId };
  }

  #step(deployment: FakeDeployment): void {
    const { info, fn, to, input } = deployment;
    const name = input.deploymentGroupName ?? "";
    const isAtOnce = input.deploymentConfigName !== undefined || this.quick.has(name);
    if (hasEnded(deployment)) {
      return;
    }
    if (info.status === "Created" && !isAtOnce) {
      info.status = "InProgress";
      fn.weights = { [to]: 0.1 };
    } else if (this.endless.has(name)) {
      return;
    } else if (this.broken.has(name) && !isAtOnce) {
      this.#stop(deployment, { code: "ALARM_ACTIVE", message: "Activated alarms: errors" });
    } else {
      info.status = "Succeeded";
      fn.live = to;
      fn.weights = {};
    }
  }

  /** As CodeDeploy does it with a group that rolls back. */
  #stop({ info, fn, from }: FakeDeployment, errorInformation: { code: string; message: string }) {
    info.status = "Stopped";
    Object.assign(info, { errorInformation });
    fn.live = from;
    fn.weights = {};
  }
}

function hasEnded({ info }: FakeDeployment): boolean {
  return info.status === "Stopped" || info.status === "Succeeded";
}
