import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { strToU8, zipSync } from "fflate";

import { AwsError } from "../../../../aws/aws-error";
import type { AuthorizationRequest, Principal } from "../../../../aws/iam/types";
import type { FunctionSession } from "../../../../aws/lambda/deploy";
import { functionArn } from "../../../../aws/lambda/function-name";
import type { FunctionDefinition } from "../../../../aws/lambda/function-definition";
import { Lambda } from "../../../../aws/lambda/lambda";
import type { LambdaOptions } from "../../../../aws/lambda/lambda-options";
import { Logs } from "../../../../aws/logs/logs";
import type { MetricDatum } from "../../../../aws/types";

export const account = { accountId: "123456789012", region: "eu-west-1", partition: "aws" };
export const root: Principal = { kind: "root", arn: "arn:aws:iam::123456789012:root" };
export const roleArn = "arn:aws:iam::123456789012:role/function";
/** The runtime of the Node that runs the tests. */
export const runtime = `nodejs${process.versions.node.split(".")[0] ?? ""}.x`;

/** A zip archive of text files: the same bytes for the same files. */
export function zipOf(files: Record<string, string>): Uint8Array {
  return zipSync(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])),
    { mtime: new Date(1980, 0, 1) },
  );
}

/** Lambda with log groups, and all that it tells the services around it. */
export class LocalLambda {
  readonly metrics: MetricDatum[] = [];
  readonly notices: string[] = [];
  readonly asked: AuthorizationRequest[] = [];
  /** Sessions of roles that were opened. */
  readonly sessions: FunctionSession[] = [];
  /** Bodies of messages to queues. */
  readonly sent: unknown[] = [];
  /** Log lines of all groups. */
  readonly lines: string[] = [];
  /** Actions that the authorizer refuses. */
  readonly refused = new Set<string>();
  readonly lambda: Lambda;
  readonly logs: Logs;
  readonly dataDir: string;

  static async start(overrides: Partial<LambdaOptions> = {}): Promise<LocalLambda> {
    const local = new LocalLambda(await mkdtemp(join(tmpdir(), "logs-")), overrides);
    await local.logs.start();
    await local.lambda.start();
    return local;
  }

  private constructor(dataDir: string, overrides: Partial<LambdaOptions>) {
    this.dataDir = dataDir;
    const shared = {
      account,
      dataDir,
      notify: (line: string) => {
        this.notices.push(line);
      },
      clock: () => new Date(),
    };
    this.logs = new Logs(shared);
    this.lambda = new Lambda({
      ...shared,
      authenticator: {
        authenticate: ({ headers }) =>
          headers.authorization === undefined ? { kind: "anonymous" } : root,
      },
      authorizer: {
        authorize: (request) => {
          this.asked.push(request);
          const allowed = !this.refused.has(request.action);
          return { allowed, reason: allowed ? "allow" : "implicit-deny", explanation: "no reason" };
        },
      },
      logs: {
        append: (group, stream, lines) => {
          this.logs.append(group, stream, lines);
          this.lines.push(...lines);
        },
        createLogGroup: (definition) => {
          this.logs.createLogGroup(definition);
        },
      },
      metrics: {
        put: (datum) => {
          this.metrics.push(datum);
        },
      },
      credentials: (session) => {
        if (session.roleArn !== roleArn) {
          throw new AwsError("AccessDenied", "no trust");
        }
        this.sessions.push(session);
        return {
          accessKeyId: "ASIA",
          secretAccessKey: "secret",
          sessionToken: session.sessionName,
        };
      },
      queues: {
        send: ({ body }) => {
          this.sent.push(JSON.parse(body));
        },
        checkSend: () => undefined,
      },
      streams: {
        open: (streamArn) => {
          throw new AwsError("ResourceNotFoundException", `Stream: ${streamArn} not found`);
        },
      },
      endpoints: () => ({ AWS_ENDPOINT_URL_S3: "http://127.0.0.1:1" }),
      ...overrides,
    });
  }

  async stop(): Promise<void> {
    await this.lambda.stop();
    await this.logs.stop();
    await rm(this.dataDir, { recursive: true });
  }

  /** Creates a function from the source of `index.js`. */
  async create(source: string, overrides: Partial<FunctionDefinition> = {}): Promise<string> {
    const definition: FunctionDefinition = {
      name: "resize",
      zip: zipOf({ "index.js": source }),
      handler: "index.handler",
      runtime,
      roleArn,
      ...overrides,
    };
    await this.lambda.createFunction(definition);
    return functionArn(definition.name, account);
  }

  /** Invokes a function synchronously as the account's root. */
  async invoke(event: unknown = {}, functionName = "resize"): Promise<Invoked> {
    const { functionError, payload } = await this.lambda.invoke({
      functionName,
      payload: JSON.stringify(event),
      invocationType: "RequestResponse",
      principal: root,
    });
    return { functionError, result: JSON.parse(payload) as Invoked["result"] };
  }

  /** Queues an event as the account's root, and returns the request's id. */
  async queue(event: unknown = {}): Promise<string> {
    const { requestId, statusCode } = await this.lambda.invoke({
      functionName: "resize",
      payload: JSON.stringify(event),
      invocationType: "Event",
      principal: root,
    });
    assert.equal(statusCode, 202);
    return requestId;
  }

  /** The values that were published of one metric of each function, in all of its versions together. */
  valuesOf(name: string): number[] {
    return this.metrics
      .filter((datum) => datum.name === name)
      .filter(({ dimensions }) => Object.keys(dimensions).join() === "FunctionName")
      .map(({ value }) => value);
  }
}

/** The parsed result of a synchronous invocation. */
export interface Invoked {
  functionError: string | undefined;
  result: Record<string, unknown>;
}

/** Whether a process of this id exists. */
export function isAlive(pid: unknown): boolean {
  try {
    process.kill(pid as number, 0);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") {
      return false;
    }
    throw error;
  }
}
