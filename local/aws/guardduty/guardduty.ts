import { join } from "node:path";
import { regionalArn } from "../arn";
import type { AssumeRoleRequest } from "../iam/iam";
import { roleSession } from "../iam/role-session";
import type { Authorizer, Credentials, Principal } from "../iam/types";
import type { MetricSink, Service, ServiceBus, ServiceEvent, ServiceOptions } from "../types";
import { badRequest, checkPlan, type PlanDefinition } from "./plan";
import { eicar } from "./eicar";
import { type Objects, scan, type ScannedObject, type ScanResult, tag } from "./scanned-object";
import { type StatusReason, StatusReasons } from "./status-reasons";
import { validate } from "./validate";

export interface GuardDutyOptions extends ServiceOptions {
  authorizer: Authorizer;
  /** Opens a session of a plan's role. */
  assumeRole: (request: AssumeRoleRequest) => Credentials;
  objects: Objects;
  /** Gets the results of scans. */
  bus: ServiceBus;
  metrics: MetricSink;
}

/** Takes on the roles of plans. */
const service = "malware-protection-plan.guardduty.amazonaws.com";
const sessionName = "GuardDutyMalwareProtection";

/** What a scan counts as, by its result. */
const kinds: Readonly<Record<ScanResult, { scanStatus: string; metric: string }>> = {
  NO_THREATS_FOUND: { scanStatus: "COMPLETED", metric: "CompletedScanCount" },
  THREATS_FOUND: { scanStatus: "COMPLETED", metric: "CompletedScanCount" },
  ACCESS_DENIED: { scanStatus: "SKIPPED", metric: "SkippedScanCount" },
  FAILED: { scanStatus: "FAILED", metric: "FailedScanCount" },
};

/**
 * GuardDuty's Malware Protection for S3: scans objects as they arrive, by the role of a plan, tags them, and says on the
 * event bus what it has found. A scan is over before whoever stored the object is answered; on AWS it takes seconds and
 * more. The one threat that it knows is the EICAR test file, wherever in an object that is.
 *
 * Plans live in memory. Not emulated: detectors, findings, the rule of its own that it has in EventBridge, what is
 * UNSUPPORTED, and the event of a tag that could not be put, which is told at the console.
 */
export class GuardDuty implements Service {
  readonly #options: GuardDutyOptions;
  readonly #plans = new Map<string, PlanDefinition>();
  readonly #reasons: StatusReasons;

  constructor(options: GuardDutyOptions) {
    this.#options = options;
    this.#reasons = new StatusReasons(join(options.dataDir, "reasons"));
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  arn(id: string): string {
    return regionalArn(this.#options.account, "guardduty", `malware-protection-plan/${id}`);
  }

  /**
   * Makes a plan, and tries out what its role may. What the role lacks is told: then the plan is there, with a warning,
   * as on AWS.
   *
   * @throws AwsError `BadRequestException` when the role cannot be taken on.
   */
  async createPlan(definition: PlanDefinition): Promise<void> {
    checkPlan(definition);
    const { account, authorizer, objects, notify } = this.#options;
    const principal = this.#principal(definition);
    if (!principal) {
      throw badRequest(`GuardDuty cannot assume the role ${definition.roleArn}`);
    }
    const reasons = await validate(definition, principal, { account, authorizer, objects });
    for (const { code, message } of reasons) {
      const lacking = code === undefined ? message : `${code}: ${message}`;
      notify(`GuardDuty has a warning for its plan of ${definition.bucket}: ${lacking}`);
    }
    this.#reasons.set(definition.id, reasons);
    this.restorePlan(definition);
  }

  /** Makes a plan as it was. */
  restorePlan(definition: PlanDefinition): void {
    this.#plans.set(definition.id, definition);
  }

  /** Deletes a plan; one that is gone already is no error. */
  deletePlan(id: string): void {
    this.#plans.delete(id);
    this.#reasons.delete(id);
  }

  plans(): PlanDefinition[] {
    return [...this.#plans.values()];
  }

  plan(id: string): PlanDefinition | undefined {
    return this.#plans.get(id);
  }

  /** Why a plan has a warning; none for one without. */
  statusReasons(id: string): readonly StatusReason[] {
    return this.#reasons.of(id);
  }

  /** Scans what has arrived, if it is told so here. */
  async observe({ source, detailType, detail }: ServiceEvent): Promise<void> {
    if (source !== "aws.s3" || detailType !== "Object Created") {
      return;
    }
    const { bucket, object } = detail as unknown as ObjectCreated;
    const { key, etag, size } = object;
    const scanned = { bucket: bucket.name, key, versionId: object["version-id"], etag, size };
    for (const plan of this.#plans.values()) {
      if (plan.bucket === bucket.name && covers(plan, key)) {
        await this.#scan(plan, scanned);
      }
    }
  }

  async #scan(plan: PlanDefinition, object: CreatedObject): Promise<void> {
    const { bus, objects, notify } = this.#options;
    const principal = this.#principal(plan);
    const result = principal ? await scan(objects, principal, object) : "ACCESS_DENIED";
    if (principal && plan.tagsObjects) {
      const refusal = await tag(objects, principal, object, result);
      if (refusal !== undefined) {
        notify(`GuardDuty could not tag ${object.key} in ${object.bucket}: ${refusal}`);
      }
    }
    this.#count(plan, object, result);
    await bus.emit(this.#resultOf(plan, object, result));
  }

  /** @see https://docs.aws.amazon.com/guardduty/latest/ug/monitor-with-eventbridge-s3-malware-protection.html */
  #resultOf(plan: PlanDefinition, object: CreatedObject, result: ScanResult): ServiceEvent {
    const { bucket, key, etag, versionId } = object;
    return {
      source: "aws.guardduty",
      detailType: "GuardDuty Malware Protection Object Scan Result",
      resources: [this.arn(plan.id)],
      detail: {
        schemaVersion: "1.0",
        scanStatus: kinds[result].scanStatus,
        resourceType: "S3_OBJECT",
        s3ObjectDetails: {
          bucketName: bucket,
          objectKey: key,
          eTag: etag,
          versionId,
          s3Throttled: false,
        },
        scanResultDetails: {
          scanResultStatus: result,
          threats: result === "THREATS_FOUND" ? [{ name: eicar.name }] : null,
        },
      },
    };
  }

  /** @see https://docs.aws.amazon.com/guardduty/latest/ug/monitor-cloudwatch-metrics-s3-malware-protection.html */
  #count(plan: PlanDefinition, { bucket, size }: CreatedObject, result: ScanResult): void {
    const { scanStatus, metric } = kinds[result];
    const values = {
      [metric]: 1,
      ...(scanStatus === "COMPLETED" && {
        CompletedScanBytes: size,
        InfectedScanCount: result === "THREATS_FOUND" ? 1 : 0,
      }),
    };
    const dimensions = { "Malware Protection Plan Id": plan.id, "Resource Name": bucket };
    for (const [name, value] of Object.entries(values)) {
      const namespace = "AWS/GuardDuty/MalwareProtection";
      const unit = name === "CompletedScanBytes" ? "Bytes" : "Count";
      this.#options.metrics.put({ namespace, name, dimensions, value, unit });
    }
  }

  /** A session of the plan's role, if it may be had. */
  #principal({ id, roleArn }: PlanDefinition): Principal | undefined {
    const { account, assumeRole } = this.#options;
    try {
      assumeRole({ roleArn, sessionName, service, sourceArn: this.arn(id) });
    } catch {
      return undefined;
    }
    return roleSession({ roleArn, sessionName }, account);
  }
}

interface ObjectCreated {
  bucket: { name: string };
  object: { key: string; etag: string; size: number; "version-id"?: string };
}

interface CreatedObject extends ScannedObject {
  etag: string;
  size: number;
}

function covers({ prefixes }: PlanDefinition, key: string): boolean {
  return prefixes.length === 0 || prefixes.some((prefix) => key.startsWith(prefix));
}
