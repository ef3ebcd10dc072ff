import { rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { join } from "node:path";
import { regionalArn } from "../arn";
import { AwsError } from "../aws-error";
import { faultPoint } from "../fault-point";
import { callerOf } from "../api/caller";
import { accessDeniedMessage } from "../iam/access-denied-message";
import { userIdOf } from "../iam/user-id";
import { parseResourcePolicy } from "../iam/resource-policy";
import { checkScope } from "./policy-actions";
import type { Authenticator, Authorizer, PolicyDocument, Principal } from "../iam/types";
import { ServicePort } from "../service-port";
import type { MetricSink, Service, ServiceOptions } from "../types";
import type { ActionContext } from "./action";
import { sqsApi } from "./api";
import { ManagedQueues } from "./managed-queues";
import { MoveTasks } from "./move-tasks";
import { Queue } from "./queue";
import {
  invalidAttribute,
  settingsOf,
  type QueueDefinition,
  type QueueSettings,
} from "./queue-definition";
import { noDeadLetterQueue } from "./redrive-policy";
import { queueDoesNotExist, refusals } from "./sqs-error";

/** What SQS is made with. */
export interface SqsOptions extends ServiceOptions {
  authenticator: Pick<Authenticator, "authenticate">;
  authorizer: Authorizer;
  metrics: MetricSink;
}

/** CloudWatch gets the depth of each queue so often, besides at each change. */
const metricPeriodMs = 60_000;

/**
 * Standard queues, whose messages are kept over restarts; a message whose sending was answered
 * survives a kill.
 *
 * Not emulated: FIFO queues, keys of KMS, system attributes of messages but those
 * that SQS sets itself, and the limit of messages in flight.
 */
export class Sqs implements Service {
  readonly #options: SqsOptions;
  readonly #queues = new Map<string, Queue>();
  readonly #port: ServicePort;
  readonly #moveTasks: MoveTasks;
  readonly #managed: ManagedQueues;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: SqsOptions) {
    this.#options = options;
    this.#moveTasks = new MoveTasks(options.clock);
    this.#managed = new ManagedQueues(this, options);
    const api = sqsApi({
      ...options,
      faultPoint: faultPoint("sqs", options, refusals),
      contextOf: (...request) => this.#contextOf(...request),
    });
    this.#port = new ServicePort(createServer(api), "sqs", "SQS", options);
  }

  /** Answers requests of SDKs that arrived elsewhere. */
  get answer(): RequestListener {
    return this.#port.answer;
  }

  /** The endpoint for SDKs. */
  get url(): string {
    return this.#port.url;
  }

  async start(): Promise<void> {
    // URLs of queues, which are their ids, stay the same. No queue has a dot in its name.
    await this.#port.open();
    this.#managed.restore();
    this.#timer = setInterval(() => {
      for (const queue of this.#queues.values()) {
        queue.publishDepth();
      }
    }, metricPeriodMs).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#port.close();
  }

  /**
   * Creates a queue, with the messages that an earlier run left in it. It must be the first of its
   * name; SQS also takes a second definition that is the same.
   *
   * @throws AwsError `QueueNameExists`, `InvalidAttributeValue`, `InvalidParameterValueException`,
   * `NotImplemented`.
   */
  createQueue(definition: QueueDefinition): { arn: string; url: string } {
    const settings = settingsOf(definition);
    const { name } = settings;
    if (this.#queues.has(name)) {
      throw new AwsError("QueueNameExists", `A queue already exists with the name ${name}.`);
    }
    this.#requireDeadLetterQueue(settings);
    const queue = this.#open(settings);
    this.#queues.set(name, queue);
    return { arn: queue.arn, url: this.queueUrl(name) };
  }

  /**
   * Changes the attributes of a queue; its messages and its policy stay.
   *
   * @throws AwsError `QueueDoesNotExist`, and as {@link Sqs.createQueue}.
   */
  setQueueAttributes(definition: QueueDefinition): void {
    const queue = this.#queue(this.#arn(definition.name));
    const settings = settingsOf(definition);
    this.#requireDeadLetterQueue(settings);
    queue.change(settings);
  }

  /** A queue by its name, if there is one. */
  find(name: string): Queue | undefined {
    return this.#queues.get(name);
  }

  /** Has a queue again that there was before, whatever else is not there yet. */
  restoreQueue(definition: QueueDefinition, policy: PolicyDocument | undefined): void {
    this.#queues.set(definition.name, this.#open(settingsOf(definition), policy));
  }

  /** How many messages a queue has, whether they can be received now or not. */
  messageCount(name: string): number {
    const depth = this.#queues.get(name)?.depth();
    return depth ? depth.visible + depth.inFlight + depth.delayed : 0;
  }

  /** Deletes a queue with its messages; one that is gone already is no error. */
  deleteQueue(name: string): void {
    if (this.#queues.delete(name)) {
      rmSync(join(this.#options.dataDir, name), { recursive: true, force: true });
    }
  }

  /**
   * @param policy JSON text, or what was parsed from it; nothing removes it.
   * @throws AwsError `QueueDoesNotExist`, or `InvalidAttributeValue` for a policy that IAM refuses.
   */
  setQueuePolicy(queueUrl: string, policy: unknown): void {
    const queue = this.#queueAt(queueUrl);
    const document = policy === undefined ? undefined : readPolicy(policy);
    if (document) {
      checkScope(document);
    }
    queue.setPolicy(document);
  }

  /**
   * Sends a message in the name of a caller that is no HTTP client, such as a function whose events
   * Lambda sends on, or a service on behalf of a resource of its own.
   *
   * @throws AwsError `QueueDoesNotExist`, `AccessDeniedException`, `InvalidParameterValueException`.
   */
  send(message: {
    queueArn: string;
    body: string;
    principal: Principal;
    sourceArn?: string;
  }): void {
    const { queueArn, body, principal, sourceArn } = message;
    const queue = this.#authorized(this.#queue(queueArn), "sqs:SendMessage", principal, {
      sourceArn,
    });
    queue.send({ body, attributes: {} });
  }

  /**
   * Passes when the queue exists and `principal` may send to it.
   *
   * @param occasion why a service asks, for the report of a refusal.
   * @throws AwsError `QueueDoesNotExist`, `AccessDeniedException`.
   */
  checkSend(message: { queueArn: string; principal: Principal; occasion: string }): void {
    const { queueArn, principal, occasion } = message;
    this.#authorized(this.#queue(queueArn), "sqs:SendMessage", principal, { occasion });
  }

  /**
   * The URL of a queue. It is on this endpoint, not on AWS's: SDKs send requests to the host in it,
   * whatever endpoint they were given.
   */
  queueUrl(queueName: string): string {
    return `${this.url}/${this.#options.account.accountId}/${queueName}`;
  }

  /** All queues, by name. */
  queues(): Queue[] {
    return [...this.#queues.values()].sort((one, other) => (one.arn < other.arn ? -1 : 1));
  }

  /**
   * Moves what waits in a dead-letter queue back to the queues that it came from.
   *
   * @returns how many messages.
   * @throws AwsError as {@link MoveTasks.start}.
   */
  moveBack(queueArn: string, principal: Principal): number {
    return this.#contextOf(principal).moveTasks.start(queueArn).moved;
  }

  #contextOf(principal: Principal, traceHeader?: string): Omit<ActionContext, "signal"> {
    const { authorizer } = this.#options;
    const caller = callerOf(principal, authorizer, {
      code: "AccessDeniedException",
      statusCode: 403,
    });
    const movable = {
      all: () => [...this.#queues.values()],
      authorized: (arn: string, action: string) =>
        this.#authorized(this.#queue(arn), action, principal),
    };
    return {
      authorizedQueue: (queueUrl, action) =>
        this.#authorized(this.#queueAt(queueUrl), action, principal),
      requireAccount: (action) => {
        caller.require(action, "*");
      },
      requireQueue: (action, name) => {
        caller.require(action, this.#arn(name));
      },
      managed: this.#managed,
      queues: movable.all,
      moveTasks: {
        of: (sourceArn) => {
          movable.authorized(sourceArn, "sqs:ListMessageMoveTasks");
          return this.#moveTasks.of(sourceArn);
        },
        start: (...task) => this.#moveTasks.start(movable, ...task),
      },
      sender: { id: userIdOf(principal, this.#options.account), traceHeader },
      queueUrl: (queueName) => this.queueUrl(queueName),
    };
  }

  #authorized(
    queue: Queue,
    action: string,
    principal: Principal,
    { occasion, sourceArn }: { occasion?: string; sourceArn?: string | undefined } = {},
  ): Queue {
    const { policy, arn } = queue;
    const decision = this.#options.authorizer.authorize({
      principal,
      action,
      resource: arn,
      ...(policy && { resourcePolicy: policy }),
      ...(occasion !== undefined && { occasion }),
      context: {
        // The endpoint speaks plain HTTP, but stands for the TLS endpoint of SQS.
        "aws:SecureTransport": "true",
        ...(sourceArn !== undefined && {
          "aws:SourceArn": sourceArn,
          "aws:SourceAccount": this.#options.account.accountId,
        }),
      },
    });
    if (!decision.allowed) {
      const question = { principal, action: action.toLowerCase(), resource: arn };
      throw new AwsError("AccessDeniedException", accessDeniedMessage(question, decision), 403);
    }
    return queue;
  }

  #open(settings: QueueSettings, policy?: PolicyDocument): Queue {
    const { name } = settings;
    const queue = new Queue({
      ...this.#options,
      arn: this.#arn(name),
      settings,
      folder: join(this.#options.dataDir, name),
      deadLetterQueue: (arn) => this.#queueOf(arn),
    });
    queue.setPolicy(policy);
    return queue;
  }

  /** SQS takes the account and the name from a URL, whatever its host, and a name alone, too. */
  #queueAt(queueUrl: string): Queue {
    if (!queueUrl.includes("/")) {
      return this.#queue(this.#arn(queueUrl));
    }
    const [, accountId, name = ""] = /\/(\d{12})\/([^/]+)$/.exec(queueUrl) ?? [];
    if (accountId !== this.#options.account.accountId) {
      throw queueDoesNotExist();
    }
    return this.#queue(this.#arn(name));
  }

  #queue(arn: string): Queue {
    const queue = this.#queueOf(arn);
    if (!queue) {
      throw queueDoesNotExist();
    }
    return queue;
  }

  #queueOf(arn: string): Queue | undefined {
    const queue = this.#queues.get(arn.slice(arn.lastIndexOf(":") + 1));
    return queue?.arn === arn ? queue : undefined;
  }

  #requireDeadLetterQueue({ deadLetters }: QueueSettings): void {
    if (deadLetters && !this.#queueOf(deadLetters.targetArn)) {
      throw noDeadLetterQueue(deadLetters);
    }
  }

  #arn(name: string): string {
    return regionalArn(this.#options.account, "sqs", name);
  }
}

/** @throws AwsError `InvalidAttributeValue` for a policy that IAM refuses. */
function readPolicy(policy: unknown): PolicyDocument {
  try {
    return parseResourcePolicy(policy);
  } catch (error) {
    if (error instanceof AwsError) {
      throw invalidAttribute("Policy");
    }
    throw error;
  }
}
