/** Where a type says in which other regions there are copies of what it holds. */
export interface ReplicaRegions {
  type: string;
  /** The part that is about copies. */
  path: readonly string[];
  /** What names a region, or several, at any depth below. */
  property: string;
}

/** A copy that is a resource by itself is in that resource's region. */
export const replicaRegions: readonly ReplicaRegions[] = [
  {
    type: "aws:dlm/lifecyclePolicy:LifecyclePolicy",
    path: ["policyDetails"],
    property: "targetRegion",
  },
  { type: "aws:dsql/cluster:Cluster", path: ["multiRegionProperties"], property: "witnessRegion" },
  { type: "aws:dynamodb/globalTable:GlobalTable", path: ["replicas"], property: "regionName" },
  { type: "aws:dynamodb/table:Table", path: ["replicas"], property: "regionName" },
  { type: "aws:dynamodb/table:Table", path: ["globalTableWitness"], property: "regionName" },
  {
    type: "aws:ecr/replicationConfiguration:ReplicationConfiguration",
    path: ["replicationConfiguration"],
    property: "region",
  },
  {
    type: "aws:efs/replicationConfiguration:ReplicationConfiguration",
    path: ["destination"],
    property: "region",
  },
  {
    type: "aws:imagebuilder/distributionConfiguration:DistributionConfiguration",
    path: ["distributions"],
    property: "region",
  },
  {
    type: "aws:keyspaces/keyspace:Keyspace",
    path: ["replicationSpecification"],
    property: "regionLists",
  },
  { type: "aws:secretsmanager/secret:Secret", path: ["replicas"], property: "region" },
  { type: "aws:ssmincidents/replicationSet:ReplicationSet", path: ["regions"], property: "name" },
];
