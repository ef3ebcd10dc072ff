import { programsOf } from "../support/examples";

const problem = "has a copy in eu-west-3, where only us-east-1 is allowed";

export const programs = programsOf(
  {
    type: "aws:sqs/queue:Queue",
    clean: { region: "us-east-1" },
    wrong: [[{ region: "eu-west-3" }, "is created in eu-west-3, where only us-east-1 is allowed"]],
  },
  {
    type: ["aws:dynamodb/table:Table", "aws:dynamodb/globalTable:GlobalTable"],
    clean: { replicas: [{ regionName: "us-east-1" }] },
    wrong: [[{ replicas: [{ regionName: "us-east-1" }, { regionName: "eu-west-3" }] }, problem]],
  },
  {
    type: "aws:dynamodb/table:Table",
    clean: { globalTableWitness: { regionName: "us-east-1" } },
    wrong: [[{ globalTableWitness: { regionName: "eu-west-3" } }, problem]],
  },
  {
    type: "aws:secretsmanager/secret:Secret",
    clean: { replicas: [{ region: "us-east-1" }] },
    wrong: [[{ replicas: [{ region: "eu-west-3" }] }, problem]],
  },
  {
    type: "aws:ecr/replicationConfiguration:ReplicationConfiguration",
    clean: { replicationConfiguration: { rules: [{ destinations: [{ region: "us-east-1" }] }] } },
    wrong: [
      [
        { replicationConfiguration: { rules: [{ destinations: [{ region: "eu-west-3" }] }] } },
        problem,
      ],
    ],
  },
  {
    type: "aws:efs/replicationConfiguration:ReplicationConfiguration",
    clean: { destination: { region: "us-east-1" } },
    wrong: [[{ destination: { region: "eu-west-3" } }, problem]],
  },
  {
    type: "aws:dlm/lifecyclePolicy:LifecyclePolicy",
    clean: {
      policyDetails: {
        schedules: [{ crossRegionCopyRules: [{ targetRegion: "us-east-1", encrypted: true }] }],
      },
    },
    wrong: [
      [
        {
          policyDetails: {
            schedules: [{ crossRegionCopyRules: [{ targetRegion: "eu-west-3", encrypted: true }] }],
          },
        },
        problem,
      ],
    ],
  },
  {
    type: "aws:dsql/cluster:Cluster",
    clean: { multiRegionProperties: { witnessRegion: "us-east-1" } },
    wrong: [[{ multiRegionProperties: { witnessRegion: "eu-west-3" } }, problem]],
  },
  {
    type: "aws:imagebuilder/distributionConfiguration:DistributionConfiguration",
    clean: { distributions: [{ region: "us-east-1" }] },
    wrong: [[{ distributions: [{ region: "eu-west-3" }] }, problem]],
  },
  {
    type: "aws:keyspaces/keyspace:Keyspace",
    clean: { replicationSpecification: { regionLists: ["us-east-1"] } },
    wrong: [[{ replicationSpecification: { regionLists: ["us-east-1", "eu-west-3"] } }, problem]],
  },
  {
    type: "aws:ssmincidents/replicationSet:ReplicationSet",
    clean: { regions: [{ name: "us-east-1" }] },
    wrong: [[{ regions: [{ name: "eu-west-3" }] }, problem]],
  },
  {
    // What CloudFront needs is in us-east-1, wherever a stack may be.
    type: ["aws:acm/certificate:Certificate", "aws:cloudwatch/logDeliverySource:LogDeliverySource"],
    clean: { region: "us-east-1" },
    alsoClean: [{ region: "eu-west-3" }],
    wrong: [[{ region: "eu-west-1" }, "is created in eu-west-1, where only eu-west-3 is allowed"]],
    settings: { allowed: ["eu-west-3"] },
  },
  {
    type: "aws:wafv2/webAcl:WebAcl",
    clean: { region: "us-east-1", scope: "CLOUDFRONT" },
    wrong: [[{ scope: "REGIONAL" }, "is created in us-east-1, where only eu-west-3 is allowed"]],
    settings: { allowed: ["eu-west-3"] },
  },
);
