/** What the page's API sends; both sides of it read this file, so it imports nothing but types. */
import type { RequestDetails, RequestSummary } from "../../trace/types";

/** Stands for a secret, which the page asks for by itself when somebody wants to see it. */
export interface SecretMark {
  $secret: true;
}

/** What a secret is: the answer of the routes that end with `/reveal`. */
export interface Revealed {
  value: unknown;
}

/** `GET /api/context`: what every view may need to know of the run. */
export interface Context {
  project: string;
  stack: string;
  /** The stack's outputs, a {@link SecretMark} in place of each secret. */
  outputs: Record<string, unknown>;
  /**
   * The stack's config as the program gets it: texts, which of objects and arrays are JSON. Keys of the
   * project are without its name, as `prefix`; others with theirs, as `aws:region`.
   */
  config: Record<string, string | SecretMark>;
  /** Where the services of the run listen, as in `endpoints.json`: URLs, by the name of the service. */
  endpoints: Addresses;
}

/** URLs by name, some of them in groups. */
export interface Addresses {
  [name: string]: string | Addresses;
}

/** `POST /api/token`: an access token of the local issuer. */
export interface IssuedToken {
  token: string;
  /** Seconds for which it is valid. */
  expiresSeconds: number;
}

/** What open pages are told by `GET /api/events`, by the name of the event. */
export interface PageEvents {
  /** A mail has come. */
  mail: { file: string };
  /** An alarm has changed its state. */
  alarm: { name: string; state: string };
  /** What waits in a queue has changed. */
  queue: { name: string };
  /** Requests have begun, gone on or ended: each as it is now. */
  request: RequestsAnswer;
  /** The stack has been deployed anew. */
  stack: { at: string };
}

/** `run`, the first event of each connection: which run it is that tells. A page is of the run that has sent it. */
export interface ToldRun {
  id: string;
}

/** `GET /api/requests?after=`: those that are kept, or that began after the one with this number. */
export interface RequestsAnswer {
  /** In the order in which they began. */
  requests: RequestSummary[];
}

/** `GET /api/requests/{id}`. */
export interface RequestAnswer extends RequestDetails {
  /** Where it went, as `http://127.0.0.1:4000`; absent if it cannot be sent again. */
  origin?: string;
}

/** `POST /api/requests/{id}/replay`. */
export interface ReplayAnswer {
  /** Of the request that was sent; absent if its answer does not say. */
  id?: string;
}

/** What the API answers when it does not do what it was asked to. */
export interface ApiProblem {
  error: string;
  code: string;
}

/** A place in a file of the project. */
export interface Position {
  /** Relative to the project's folder, with slashes. */
  file: string;
  /** Counted from 1. */
  line: number;
}

/** `GET /api/stack`. */
export interface StackAnswer {
  /** When the stack was deployed: ISO 8601. */
  at: string;
  /** In the order of registration: parents before their children. */
  resources: ResourceSummary[];
}

/** A resource or component in the tree. */
export interface ResourceSummary {
  urn: string;
  /** As `aws:s3/bucket:Bucket`. */
  type: string;
  /** The logical name. */
  name: string;
  /** False for components. */
  custom: boolean;
  /** Only the stack itself has none. */
  parent?: string;
  /** Components have none. */
  id?: string;
  /** Where the program makes it; absent where no file of the project does. */
  source?: Position;
  protect: boolean;
  /** How many policies it violates. */
  violations: number;
}

/** `GET /api/stack/resource?urn=`; secrets are marks, told by `POST /api/stack/resource/reveal`. */
export interface ResourceDetails extends ResourceSummary {
  /** URNs of what has to be there before. */
  dependencies: string[];
  /** URNs of what needs this. */
  dependents: string[];
  inputs: Record<string, unknown>;
  outputs: Record<string, unknown>;
}

/** `GET /api/policies`; without a pack, none was asked. */
export interface PoliciesAnswer {
  pack?: { name: string; version: string; rules: PolicyResult[] };
}

/** What a rule of the pack found. */
export interface PolicyResult {
  name: string;
  description: string;
  /** `mandatory`, `advisory`, `remediate` or `disabled`. */
  level: string;
  severity?: string;
  remediationSteps?: string;
  /** Where to read more. */
  url?: string;
  tags: readonly string[];
  violations: PolicyFinding[];
  /** What cannot be judged before the stack is deployed. */
  undecided: PolicyFinding[];
  /** How many resources it has changed. */
  remediated: number;
}

/** What a rule found in one resource. */
export interface PolicyFinding {
  urn: string;
  type: string;
  name: string;
  message: string;
  source?: Position;
}

/** `GET /api/grants`: what each role is granted, and what its sessions have made of it since the start. */
export interface GrantsAnswer {
  roles: RoleGrants[];
}

/** What a role's policies grant, and what came of it. */
export interface RoleGrants {
  role: string;
  grants: {
    policy: string;
    statement: string;
    /** As the policy says it, such as `s3:Get*`. */
    action: string;
    resource: string;
    /** How often each action was allowed by it; empty while it is unused. */
    used: Record<string, number>;
  }[];
  refused: { action: string; resource: string; explanation: string; count: number }[];
}

/** `GET /api/tables`. */
export interface TablesAnswer {
  tables: TableInfo[];
}

/** A table and how its items are found. */
export interface TableInfo {
  name: string;
  key: KeySchema;
  indexes: { name: string; key: KeySchema }[];
}

/** The attributes by which a table or an index finds items. */
export interface KeySchema {
  partition: KeyAttribute;
  sort?: KeyAttribute;
}

/** An attribute of a key. */
export interface KeyAttribute {
  name: string;
  /** `S`, `N` or `B`. */
  type: string;
}

/** `GET /api/tables/{name}/items?index=&partition=&sort=&cursor=`; `sort` is what sort keys begin with. */
export interface ItemsAnswer {
  table: TableInfo;
  items: Record<string, unknown>[];
  /** Where the next page begins; absent on the last one. */
  cursor?: string;
}

/** `GET /api/buckets`. */
export interface BucketsAnswer {
  buckets: { name: string; createdAt: string; versioning: boolean }[];
}

/** `GET /api/buckets/{name}/objects?prefix=&versions=&cursor=`. */
export interface ObjectsAnswer {
  /** Prefixes that end with a slash. */
  folders: string[];
  entries: ObjectEntry[];
  /** Where the next page begins; absent on the last one. */
  cursor?: string;
}

/** An object, or one version of it. */
export interface ObjectEntry {
  key: string;
  bytes: number;
  /** ISO 8601. */
  modifiedAt: string;
  /** Only where versions are listed, as the members below. */
  versionId?: string;
  isLatest?: boolean;
  isDeleteMarker?: boolean;
}

/** `GET /api/buckets/{name}/object?key=&versionId=`; its content is at `…/object/content`. */
export interface ObjectDetails {
  key: string;
  bytes: number;
  contentType: string;
  /** What S3 says of it. */
  headers: [string, string][];
  /** The content, where it is text and short. */
  text?: string;
  /** Of a text that is longer: how much a text may have to be shown, in bytes. */
  maxTextBytes?: number;
}

/** `GET /api/inbox`: newest first. */
export interface MailsAnswer {
  mails: MailSummary[];
}

/** A mail in the list. */
export interface MailSummary {
  /** Name of its file in the inbox. */
  file: string;
  subject: string;
  from: string;
  to: string;
  /** ISO 8601. */
  at: string;
}

/** `GET /api/inbox/{file}`: a mail as people read it. */
export interface Mail extends MailSummary {
  text: string;
  /** Decoded, in the order of the mail. */
  headers: [string, string][];
}

/** `GET /api/alarms`. */
export interface AlarmsAnswer {
  alarms: AlarmInfo[];
}

/** An alarm and its state. */
export interface AlarmInfo {
  name: string;
  description?: string;
  /** `OK`, `ALARM` or `INSUFFICIENT_DATA`. */
  state: string;
  reason: string;
  /** ISO 8601; absent while it has had no other state. */
  since?: string;
  /** When it is an alarm: in words, or as the rule of a composite alarm. */
  condition: string;
  /** Of its metric; of one on an expression, what the ids in that stand for. */
  dimensions: Record<string, string>;
}

/** `GET /api/queues`. */
export interface QueuesAnswer {
  queues: QueueInfo[];
}

/** A queue and how much is in it. */
export interface QueueInfo {
  name: string;
  visible: number;
  /** Received, and neither deleted nor visible again. */
  inFlight: number;
  /** Not yet visible for the first time. */
  delayed: number;
  /** Names of the queues that give up messages to this one. */
  deadLettersOf: string[];
  /** Whether something in it can be tried again. */
  canRedrive: boolean;
}

/** `GET /api/queues/{name}`: its oldest messages, which stay as they are. */
export interface QueueAnswer {
  queue: QueueInfo;
  messages: QueueMessage[];
}

/** A message in a queue. */
export interface QueueMessage {
  id: string;
  body: string;
  /** ISO 8601. */
  sentAt: string;
  receiveCount: number;
  /** Names of its attributes. */
  attributes: string[];
  /** Name of the queue that gave it up. */
  from?: string;
  /** Name of the function that gave it up, where it is an event. */
  failedFunction?: string;
}

/** `POST /api/queues/{name}/redrive`. */
export interface Redriven {
  redriven: number;
  /** Why others stay. */
  left: string[];
}
