import { AwsError } from "../aws-error";
import type { Notify } from "../notice";

/** Logs of a resource that can be delivered. */
export interface DeliverySource {
  name: string;
  arn: string;
  /** Such as a distribution's. */
  resourceArn: string;
  logType: string;
  tags: Readonly<Record<string, string>>;
}

/** Where logs are delivered to. */
export interface DeliveryDestination {
  name: string;
  arn: string;
  /** Such as a bucket's. */
  resourceArn: string;
  outputFormat: string;
  tags: Readonly<Record<string, string>>;
}

/** That the logs of a source go to a destination. */
export interface Delivery {
  id: string;
  sourceName: string;
  destinationArn: string;
  arn: string;
  /** What is written of each event. */
  recordFields: readonly string[];
  /** Of log files, where it is not AWS's own. */
  suffixPath?: string;
  /** Whether the variables of that path are named in it. Default false. */
  enableHiveCompatiblePath?: boolean;
  tags: Readonly<Record<string, string>>;
}

/**
 * Deliveries of logs that AWS's services write, as CloudWatch Logs keeps them. They are checked, but nothing is
 * delivered.
 */
export class LogDeliveries {
  readonly #notify: Notify;
  readonly #sources = new Map<string, DeliverySource>();
  readonly #destinations = new Map<string, DeliveryDestination>();
  readonly #deliveries = new Map<string, Delivery>();

  constructor(notify: Notify) {
    this.#notify = notify;
  }

  /** @throws AwsError `ConflictException` when the same logs have a source of another name. */
  putSource(source: DeliverySource): void {
    const other = [...this.#sources.values()].find(
      ({ name, resourceArn, logType }) =>
        name !== source.name && resourceArn === source.resourceArn && logType === source.logType,
    );
    if (other) {
      throw new AwsError(
        "ConflictException",
        `This ResourceId has already been used in another Delivery Source in this account: ${other.name}`,
      );
    }
    this.#sources.set(source.name, source);
  }

  /** @throws AwsError `ConflictException` while something is delivered of it. */
  deleteSource(name: string): void {
    this.#requireIdle("Delivery source", ({ sourceName }) => sourceName === name);
    this.#sources.delete(name);
  }

  putDestination(destination: DeliveryDestination): void {
    this.#destinations.set(destination.arn, destination);
  }

  /** @throws AwsError `ConflictException` while something is delivered to it. */
  deleteDestination(arn: string): void {
    this.#requireIdle("Delivery destination", ({ destinationArn }) => destinationArn === arn);
    this.#destinations.delete(arn);
  }

  /** @throws AwsError `ResourceNotFoundException` or `ConflictException`. */
  createDelivery(delivery: Delivery): void {
    const { id, sourceName, destinationArn } = delivery;
    const source = this.#sources.get(sourceName);
    const destination = this.#destinations.get(destinationArn);
    if (!source || !destination) {
      throw new AwsError(
        "ResourceNotFoundException",
        `There is no delivery ${source ? `destination ${destinationArn}` : `source ${sourceName}`}`,
      );
    }
    if (!this.#deliveries.has(id)) {
      this.#notify(
        `AWS alone delivers ${source.logType} of ${source.resourceArn} to ${destination.resourceArn}: none is written here.`,
      );
    }
    this.#deliveries.set(id, delivery);
  }

  deleteDelivery(id: string): void {
    this.#deliveries.delete(id);
  }

  all(): Delivery[] {
    return [...this.#deliveries.values()];
  }

  sources(): DeliverySource[] {
    return [...this.#sources.values()];
  }

  destinations(): DeliveryDestination[] {
    return [...this.#destinations.values()];
  }

  #requireIdle(what: string, uses: (delivery: Delivery) => boolean): void {
    const delivery = [...this.#deliveries.values()].find(uses);
    if (delivery) {
      throw new AwsError("ConflictException", `${what} is used by the delivery ${delivery.id}`);
    }
  }
}
