import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SQSClient } from "@aws-sdk/client-sqs";
import { Iam } from "../../../../aws/iam/iam";
import type { Credentials } from "../../../../aws/iam/types";
import { Sqs } from "../../../../aws/sqs/sqs";
import type { MetricDatum } from "../../../../aws/types";

export const account = { accountId: "123456789012", region: "eu-west-1", partition: "aws" };

/** SQS with real signatures and policies, and all that it tells the services around it. */
export class LocalSqs {
  readonly metrics: MetricDatum[] = [];
  readonly notices: string[] = [];
  readonly dataDir: string;
  /** Moves the clock on, by milliseconds. */
  aheadMs = 0;
  readonly #clients: SQSClient[] = [];
  #running: { iam: Iam; sqs: Sqs } | undefined;

  /** @param dataDir default a new temporary folder. */
  static async start(dataDir?: string): Promise<LocalSqs> {
    const local = new LocalSqs(dataDir ?? (await mkdtemp(join(tmpdir(), "sqs-"))));
    await local.restart();
    return local;
  }

  private constructor(dataDir: string) {
    this.dataDir = dataDir;
  }

  get sqs(): Sqs {
    return this.#get().sqs;
  }

  get iam(): Iam {
    return this.#get().iam;
  }

  /** Stops it, if it runs, and starts it with no queue on the same folder. */
  async restart(): Promise<void> {
    await this.#running?.sqs.stop();
    const options = (name: string) => ({
      account,
      dataDir: join(this.dataDir, name),
      notify: (line: string) => this.notices.push(line),
      clock: () => new Date(Date.now() + this.aheadMs),
    });
    await mkdir(join(this.dataDir, "iam"), { recursive: true });
    const iam = new Iam(options("iam"));
    const metrics = { put: (datum: MetricDatum) => this.metrics.push(datum) };
    const sqs = new Sqs({ ...options("sqs"), authenticator: iam, authorizer: iam, metrics });
    await sqs.start();
    this.#running = { iam, sqs };
  }

  /** @param credentials default the administrator's. */
  client(credentials: Credentials = this.iam.administrator): SQSClient {
    const { region } = account;
    const made = new SQSClient({ endpoint: this.sqs.url, region, credentials, maxAttempts: 1 });
    this.#clients.push(made);
    return made;
  }

  /** Credentials of a role with a policy for these actions on all queues. */
  role(...actions: string[]): Credentials & { arn: string } {
    const service = "lambda.amazonaws.com";
    const trust = { Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" };
    const { arn } = this.iam.createRole({
      name: "worker",
      assumeRolePolicy: JSON.stringify({ Statement: trust }),
    });
    if (actions.length > 0) {
      const Statement = { Effect: "Allow", Action: actions, Resource: "*" };
      this.iam.putRolePolicy("worker", "queues", JSON.stringify({ Statement }));
    }
    return { arn, ...this.iam.assumeRole({ roleArn: arn, sessionName: "worker", service }) };
  }

  /** The values that were published of one metric. */
  valuesOf(name: string): number[] {
    return this.metrics.filter((datum) => datum.name === name).map(({ value }) => value);
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) {
      client.destroy();
    }
    await this.sqs.stop();
    await rm(this.dataDir, { recursive: true });
  }

  #get(): { iam: Iam; sqs: Sqs } {
    if (!this.#running) {
      throw new Error("It has not been started");
    }
    return this.#running;
  }
}
