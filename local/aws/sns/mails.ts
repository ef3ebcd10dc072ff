import { regionOf } from "../arn";
import type { Mail } from "./inbox";
import type { MessageAttributes } from "./message-attributes";
import type { Subscription, Topic } from "./topic";

/** A message on its way to one subscriber. */
export interface Message {
  messageId: string;
  topicArn: string;
  subject?: string;
  text: string;
  /** @default none */
  attributes?: MessageAttributes;
  at: Date;
}

/** The mail that asks to confirm a subscription, as AWS words it. */
export function confirmationMail(topic: Topic, subscription: Subscription, token: string): Mail {
  const { arn } = topic;
  const query = new URLSearchParams({
    TopicArn: arn,
    Token: token,
    Endpoint: subscription.endpoint,
  });
  return {
    from: sender(topic),
    to: subscription.endpoint,
    subject: "AWS Notification - Subscription Confirmation",
    text: [
      "You have chosen to subscribe to the topic:",
      arn,
      "",
      "To confirm this subscription, click or visit the link below (If this was in error no action is necessary):",
      `https://sns.${regionOf(arn)}.amazonaws.com/confirmation.html?${query.toString()}`,
      "",
      "Please do not reply directly to this email.",
      "",
    ].join("\n"),
  };
}

/** The mail that carries a message: as text, or as a JSON document for `email-json`. */
export function notificationMail(topic: Topic, subscription: Subscription, message: Message): Mail {
  const text = subscription.protocol === "email" ? plainText : jsonDocument;
  return {
    from: sender(topic),
    to: subscription.endpoint,
    subject: message.subject ?? "AWS Notification Message",
    text: text(subscription, message),
  };
}

function plainText(subscription: Subscription, message: Message): string {
  return [
    message.text,
    "",
    "--",
    "If you wish to stop receiving notifications from this topic, please click or visit the link below to unsubscribe:",
    unsubscribeUrl(subscription, message.topicArn),
    "",
    "Please do not reply directly to this email. If you have any questions or comments regarding this email, please contact us at https://aws.amazon.com/support",
    "",
  ].join("\n");
}

/** Without a signature: nobody but AWS can sign by the certificate of SNS. */
function jsonDocument(subscription: Subscription, message: Message): string {
  const document = {
    Type: "Notification",
    MessageId: message.messageId,
    TopicArn: message.topicArn,
    Subject: message.subject,
    Message: message.text,
    Timestamp: message.at.toISOString(),
    UnsubscribeURL: unsubscribeUrl(subscription, message.topicArn),
    MessageAttributes: hasMembers(message.attributes) ? message.attributes : undefined,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function hasMembers(attributes: MessageAttributes = {}): boolean {
  return Object.keys(attributes).length > 0;
}

function unsubscribeUrl({ arn, endpoint }: Subscription, topicArn: string): string {
  const query = new URLSearchParams({ SubscriptionArn: arn, Endpoint: endpoint });
  return `https://sns.${regionOf(topicArn)}.amazonaws.com/unsubscribe.html?${query.toString()}`;
}

function sender({ displayName = "AWS Notifications" }: Topic): string {
  return `"${displayName.replaceAll('"', "")}" <no-reply@sns.amazonaws.com>`;
}
