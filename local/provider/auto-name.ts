import type { Properties } from "./resource";

/** How the AWS provider names a resource to which the program gives no name. */
export interface NamingRule {
  /** The input that holds the name. */
  property: string;
  /** Between the logical name and the random characters. */
  separator: string;
  /** Characters that a name may have; 0 stands for any number. */
  maxLength: number;
  /** How many random characters follow. */
  randomLength: number;
  /** What they are drawn from. */
  alphabet: string;
  lowerCase?: boolean;
  /** What a name must begin with. */
  prefix?: string;
  /** The input that asks for a name that ends with `.fifo`. */
  fifo?: string;
}

/** What a stack's config makes of a name, by `pulumi:autonaming`. */
export interface ProposedName {
  /** `propose` leaves the provider its own rules, `enforce` does not, `disable` asks for given names. */
  mode: "propose" | "enforce" | "disable";
  name: string;
}

/** Draws `length` characters of `alphabet`. */
export type RandomCharacters = (length: number, alphabet: string) => string;

const hexDigits = "0123456789abcdef";
const letters = "abcdefghijklmnopqrstuvwxyz";

const usual: NamingRule = {
  property: "name",
  separator: "-",
  maxLength: 255,
  randomLength: 7,
  alphabet: hexDigits,
};
const lettersAlone = { separator: "_", randomLength: 8, alphabet: letters, maxLength: 0 };

/**
 * Where the provider departs from the usual rule.
 *
 * @see https://github.com/pulumi/pulumi-aws/blob/master/provider/resource_overrides.go
 */
const exceptions: Readonly<Record<string, Partial<NamingRule>>> = {
  "aws:appsync/dataSource:DataSource": { separator: "_" },
  "aws:appsync/function:Function": { separator: "_" },
  "aws:athena/database:Database": { separator: "_" },
  "aws:backup/restoreTestingPlan:RestoreTestingPlan": { separator: "_" },
  "aws:cloudwatch/eventRule:EventRule": { maxLength: 64 },
  "aws:cloudwatch/eventTarget:EventTarget": { property: "targetId" },
  "aws:codedeploy/deploymentConfig:DeploymentConfig": {
    property: "deploymentConfigName",
    separator: "_",
    maxLength: 100,
  },
  "aws:ec2/keyPair:KeyPair": { property: "keyName" },
  "aws:efs/fileSystem:FileSystem": { property: "creationToken" },
  "aws:eks/fargateProfile:FargateProfile": { property: "fargateProfileName" },
  "aws:eks/nodeGroup:NodeGroup": { property: "nodeGroupName" },
  "aws:elasticache/cluster:Cluster": { property: "clusterId", maxLength: 50, lowerCase: true },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    property: "replicationGroupId",
    maxLength: 40,
    lowerCase: true,
  },
  "aws:elasticbeanstalk/environment:Environment": { maxLength: 40 },
  "aws:elasticsearch/domain:Domain": { property: "domainName", maxLength: 28, lowerCase: true },
  "aws:glue/catalogDatabase:CatalogDatabase": { ...lettersAlone, lowerCase: true },
  "aws:glue/catalogTable:CatalogTable": { ...lettersAlone, lowerCase: true },
  "aws:iam/role:Role": { maxLength: 64 },
  "aws:iot/topicRule:TopicRule": { separator: "_", randomLength: 0, maxLength: 0 },
  "aws:kms/alias:Alias": { maxLength: 238, prefix: "alias/" },
  "aws:lambda/function:Function": { maxLength: 64 },
  "aws:lambda/permission:Permission": { property: "statementId", maxLength: 100 },
  "aws:lex/bot:Bot": lettersAlone,
  "aws:lex/botAlias:BotAlias": lettersAlone,
  "aws:lex/intent:Intent": lettersAlone,
  "aws:lex/slotType:SlotType": lettersAlone,
  "aws:mq/broker:Broker": { property: "brokerName", maxLength: 55 },
  "aws:msk/cluster:Cluster": { property: "clusterName" },
  "aws:msk/serverlessCluster:ServerlessCluster": { property: "clusterName" },
  "aws:opensearch/domain:Domain": { property: "domainName" },
  "aws:rds/instance:Instance": { property: "identifier", separator: "" },
  "aws:s3/bucket:Bucket": { property: "bucket", maxLength: 63, lowerCase: true },
  "aws:s3/bucketObject:BucketObject": { property: "key", randomLength: 0, maxLength: 0 },
  "aws:s3/bucketObjectv2:BucketObjectv2": { property: "key", randomLength: 0, maxLength: 0 },
  "aws:s3/bucketV2:BucketV2": { property: "bucket", maxLength: 63, lowerCase: true },
  "aws:sns/topic:Topic": { maxLength: 80, fifo: "fifoTopic" },
  "aws:sqs/queue:Queue": { maxLength: 80, fifo: "fifoQueue" },
};

/** Names that say where something is, which nobody can make up. */
const neverNamed = new Set(["aws:route53/record:Record"]);

/**
 * The rule by which a resource of AWS is named.
 *
 * @param takesName whether the type has an optional input `name`, a text.
 * @returns nothing where the provider makes up no name.
 */
export function namingRule(type: string, takesName: boolean): NamingRule | undefined {
  const exception = exceptions[type];
  if (!type.startsWith("aws:") || neverNamed.has(type) || !(exception ?? takesName)) {
    return undefined;
  }
  return { ...usual, ...exception };
}

/** The property to which a name is to be given, unless the program gives one or asks for a prefix. */
export function isToBeNamed({ property }: NamingRule, inputs: Properties): boolean {
  return [property, `${property}Prefix`].every((key) => (inputs[key] ?? undefined) === undefined);
}

/**
 * Whether a name that a resource had was made up. One that the program gave before, and gives no more,
 * is not kept.
 */
export function isMadeUp(name: unknown, logicalName: string): name is string {
  return (
    typeof name === "string" &&
    name !== logicalName &&
    name.toLowerCase().includes(logicalName.toLowerCase())
  );
}

/**
 * The name that the provider makes up.
 *
 * @param proposed what the stack's config says.
 * @throws Error when there can be none, with the provider's reason.
 */
export function autoName(
  { type, name, inputs }: { type: string; name: string; inputs: Properties },
  rule: NamingRule,
  random: RandomCharacters,
  proposed?: ProposedName,
): string {
  if (proposed?.mode === "disable") {
    throw new Error("automatic naming is disabled but no explicit name was provided");
  }
  if (proposed?.mode === "enforce") {
    return proposed.name;
  }
  const made = proposed
    ? fitting(cased(proposed.name, rule), rule)
    : withRandom(type, cased(name, rule), limited(type, rule, inputs), random);
  const begun =
    rule.prefix === undefined || made.startsWith(rule.prefix) ? made : rule.prefix + made;
  return rule.fifo !== undefined && inputs[rule.fifo] === true ? `${begun}.fifo` : begun;
}

function cased(name: string, { lowerCase }: NamingRule): string {
  return lowerCase === true ? name.toLowerCase() : name;
}

/** SQL Server allows 15 characters. */
function limited(type: string, rule: NamingRule, { engine }: Properties): NamingRule {
  const sqlServer = type === "aws:rds/instance:Instance" && /sqlserver/i.test(String(engine));
  return sqlServer ? { ...rule, randomLength: 3, maxLength: 15 } : rule;
}

function withRandom(
  type: string,
  name: string,
  { separator, maxLength, randomLength, alphabet }: NamingRule,
  random: RandomCharacters,
): string {
  if (randomLength === 0) {
    return name;
  }
  const prefix = name + separator;
  if (maxLength > 0 && Buffer.byteLength(prefix) + randomLength > maxLength) {
    throw new Error(
      `could not make instance of '${type}': name '${prefix}' plus ${randomLength} random chars is longer than maximum length ${maxLength}`,
    );
  }
  return prefix + random(randomLength, alphabet);
}

function fitting(name: string, { maxLength, alphabet, separator }: NamingRule): string {
  if (maxLength > 0 && Buffer.byteLength(name) > maxLength) {
    throw new Error(`calculated name '${name}' exceeds maximum length of ${maxLength}`);
  }
  if (alphabet === hexDigits) {
    return name;
  }
  const separated = name.replaceAll(/[-_]/g, separator);
  const odd = Array.from(separated).find((character) => !alphabet.includes(character));
  if (odd !== undefined) {
    throw new Error(
      `calculated name '${separated}' contains invalid character '${odd}' not in charset '${alphabet}'`,
    );
  }
  return separated;
}
