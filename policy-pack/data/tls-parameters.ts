import type { TlsParameter } from "../lib/parameter-group";

const always = () => true;
const never = () => false;

/**
 * The parameters of RDS's engines, by families of parameter groups. Oracle has an option group
 * instead. Those of Aurora belong to groups of clusters.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html
 */
export const rdsTlsParameters: readonly TlsParameter[] = [
  {
    families: /^postgres\d/,
    name: "rds.force_ssl",
    on: ["1"],
    onByDefault: (version) => version >= 15,
  },
  {
    families: /^aurora-postgresql\d/,
    name: "rds.force_ssl",
    on: ["1"],
    onByDefault: (version) => version >= 17,
  },
  { families: /^sqlserver-/, name: "rds.force_ssl", on: ["1"], onByDefault: never },
  {
    families: /^mariadb\d/,
    name: "require_secure_transport",
    on: ["1", "on"],
    onByDefault: (version) => version >= 11.8,
  },
  {
    families: /^(aurora-)?mysql\d/,
    name: "require_secure_transport",
    on: ["1", "on"],
    onByDefault: never,
  },
];

/** https://docs.aws.amazon.com/documentdb/latest/developerguide/security.encryption.ssl.html */
export const docdbTlsParameters: readonly TlsParameter[] = [
  {
    families: /^docdb/,
    name: "tls",
    on: ["enabled", "fips-140-3", "tls1.2+", "tls1.3+"],
    onByDefault: always,
  },
];

/** https://docs.aws.amazon.com/neptune/latest/userguide/security-ssl.html */
export const neptuneTlsParameters: readonly TlsParameter[] = [
  { families: /^neptune/, name: "neptune_enforce_ssl", on: ["1"], onByDefault: always },
];

/** https://docs.aws.amazon.com/redshift/latest/mgmt/connecting-ssl-support.html */
export const redshiftTlsParameters: readonly TlsParameter[] = [
  {
    families: /^redshift-/,
    name: "require_ssl",
    on: ["true"],
    onByDefault: (version) => version >= 2,
  },
];
