import { randomUUID } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import { join } from "node:path";
import { regionalArn } from "../arn";
import { AwsError } from "../aws-error";
import { derivedUuid } from "../derived-uuid";
import { faultPoint } from "../fault-point";
import { parseResourcePolicy } from "../iam/resource-policy";
import type { Authenticator, Authorizer, PolicyDocument } from "../iam/types";
import { notEmulated } from "../not-emulated";
import { ServicePort } from "../service-port";
import type { Service, ServiceOptions } from "../types";
import { Confirmations } from "./confirmations";
import { snsApi } from "./api";
import { Inbox } from "./inbox";
import type { Mail } from "./inbox";
import { confirmationMail, notificationMail } from "./mails";
import { checkPublishAccess } from "./publish-access";
import type { KeyAuthorizer } from "./publish-access";
import { messageFor, validatePublish } from "./publish-request";
import type { PublishRequest } from "./publish-request";
import { invalidParameter, refusals } from "./sns-error";
import { hasOnlyTopicActions } from "./policy-actions";
import { defaultTopicPolicy } from "./topic";
import type { Subscription, Topic } from "./topic";

export interface SnsOptions extends ServiceOptions {
  /** Folder for the mails: it stands for the mailboxes of all subscribers. */
  inboxDir: string;
  authenticator: Authenticator;
  authorizer: Authorizer;
  keys: KeyAuthorizer;
}

/** What CreateTopic takes. */
export interface TopicDefinition {
  name: string;
  displayName?: string;
  /** Id, ARN or alias of a KMS key. */
  kmsKeyId?: string;
  /** Not emulated. @default false */
  fifo?: boolean;
  tags?: Readonly<Record<string, string>>;
}

/** What Subscribe takes. */
export interface SubscriptionDefinition {
  topicArn: string;
  protocol: string;
  endpoint: string;
}

/** Topics whose subscribers get mail: the mails land as files. */
export class Sns implements Service {
  readonly #options: SnsOptions;
  readonly #topics = new Map<string, Topic>();
  readonly #confirmations: Confirmations;
  readonly #inbox: Inbox;
  readonly #port: ServicePort;

  constructor(options: SnsOptions) {
    this.#options = options;
    this.#inbox = new Inbox(options.inboxDir);
    this.#confirmations = new Confirmations(join(options.dataDir, "confirmed-subscriptions.json"));
    const api = snsApi({
      ...options,
      faultPoint: faultPoint("sns", options, refusals),
      topics: () => [...this.#topics.values()],
      publish: (request) => this.publish(request),
    });
    this.#port = new ServicePort(createServer(api), "sns", "SNS", options);
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
    await this.#port.open();
  }

  async stop(): Promise<void> {
    await this.#port.close();
  }

  /**
   * Creates a standard topic with the default policy.
   *
   * @throws AwsError `InvalidParameter` for a bad name, `NotImplemented` for a FIFO topic.
   */
  createTopic(definition: TopicDefinition): { arn: string } {
    const { name, fifo = false, ...attributes } = definition;
    if (fifo) {
      throw notEmulated("FIFO topics");
    }
    if (!/^[\w-]{1,256}$/.test(name)) {
      throw invalidParameter("Topic Name");
    }
    const { account } = this.#options;
    const arn = regionalArn(account, "sns", name);
    checkDisplayName(attributes.displayName);
    const policy = defaultTopicPolicy(account, arn);
    this.#topics.set(arn, { ...attributes, arn, policy, subscriptions: new Map() });
    return { arn };
  }

  /** Changes the name that mails show, the key and the tags. @throws AwsError `NotFound`. */
  setTopicAttributes({ name, displayName, kmsKeyId, tags }: TopicDefinition): void {
    const topic = this.#topic(regionalArn(this.#options.account, "sns", name));
    this.#topics.set(topic.arn, { ...topic, displayName, kmsKeyId, tags });
  }

  /** Deletes a topic with its subscriptions; one that is gone already is no error. */
  deleteTopic(arn: string): void {
    this.#topics.delete(arn);
  }

  /** Gives a topic the default policy back, if there is the topic. */
  resetTopicPolicy(arn: string): void {
    const topic = this.#topics.get(arn);
    if (topic) {
      topic.policy = defaultTopicPolicy(this.#options.account, arn);
    }
  }

  /** Ends a subscription; one that is gone already is no error. */
  unsubscribe(definition: SubscriptionDefinition): void {
    const arn = subscriptionArn(definition);
    this.#topics.get(definition.topicArn)?.subscriptions.delete(arn);
  }

  /** @throws AwsError `NotFound` when there is no such topic. */
  topicPolicy(topicArn: string): PolicyDocument {
    return this.#topic(topicArn).policy;
  }

  /**
   * @param policy JSON text.
   * @throws AwsError `NotFound`, or `InvalidParameter` for a policy that IAM refuses.
   */
  setTopicPolicy(topicArn: string, policy: string): void {
    this.#topic(topicArn).policy = parsePolicy(policy);
  }

  /**
   * Subscribes a mail address.
   *
   * The first time, a confirmation mail goes out as from AWS, whose subscribers get nothing until
   * they follow its link. Here the link leads nowhere, so the subscription is confirmed at once.
   *
   * @throws AwsError `NotFound`, `InvalidParameter` for a bad address, `NotImplemented` for any
   * protocol but `email` and `email-json`.
   */
  async subscribe(definition: SubscriptionDefinition): Promise<{ arn: string }> {
    const { topicArn, protocol, endpoint } = definition;
    const topic = this.#topic(topicArn);
    if (protocol !== "email" && protocol !== "email-json") {
      throw notEmulated(`SNS subscriptions by ${protocol}`);
    }
    if (!/^[^\s@<>",;]+@[^\s@<>",;]+$/.test(endpoint)) {
      throw invalidParameter("Email address");
    }
    const arn = subscriptionArn(definition);
    const subscription: Subscription = { arn, protocol, endpoint };
    if (this.#confirmations.add(arn)) {
      const token = randomUUID().replaceAll("-", "");
      await this.#deliver(confirmationMail(topic, subscription, token));
    }
    topic.subscriptions.set(arn, subscription);
    return { arn };
  }

  /**
   * Sends a message to all subscribers of a topic.
   *
   * @throws AwsError `NotFound`, `InvalidParameter`, `AuthorizationError` when the topic's policy
   * (or the caller's) does not allow it, `KMSAccessDenied` when the key's policy does not.
   */
  async publish(request: PublishRequest): Promise<{ messageId: string }> {
    validatePublish(request);
    const topic = this.#topic(request.topicArn);
    checkPublishAccess(this.#options, topic, request);
    const messageId = randomUUID();
    const mails = [...topic.subscriptions.values()].map((subscription) =>
      notificationMail(topic, subscription, {
        messageId,
        topicArn: topic.arn,
        subject: request.subject,
        text: messageFor(subscription.protocol, request),
        attributes: request.attributes,
        at: this.#options.clock(),
      }),
    );
    await Promise.all(mails.map((mail) => this.#deliver(mail)));
    return { messageId };
  }

  async #deliver(mail: Mail): Promise<void> {
    const file = await this.#inbox.deliver(mail, this.#options.clock());
    const { to, subject } = mail;
    this.#options.notify(`mail to ${to}: ${subject} (${file})`, {
      type: "mail",
      to,
      subject,
      file,
    });
  }

  #topic(arn: string): Topic {
    const topic = this.#topics.get(arn);
    if (topic === undefined) {
      throw new AwsError("NotFound", "Topic does not exist", 404);
    }
    return topic;
  }
}

/** The same at every start; AWS makes a random one. */
export function subscriptionArn({ topicArn, protocol, endpoint }: SubscriptionDefinition): string {
  return `${topicArn}:${derivedUuid([topicArn, protocol, endpoint].join(" "))}`;
}

function parsePolicy(policy: string): PolicyDocument {
  const document = readPolicy(policy);
  if (!hasOnlyTopicActions(document)) {
    throw invalidParameter("Policy statement action out of service scope!");
  }
  return document;
}

/** Shown in mails and text messages. */
function checkDisplayName(name = ""): void {
  if (name.length > 100) {
    throw invalidParameter("DisplayName");
  }
}

function readPolicy(policy: string): PolicyDocument {
  try {
    return parseResourcePolicy(policy);
  } catch (error) {
    if (error instanceof AwsError) {
      throw invalidParameter(`Policy Error: ${error.message}`);
    }
    throw error;
  }
}
