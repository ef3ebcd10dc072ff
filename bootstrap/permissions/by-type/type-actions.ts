/** What the AWS provider calls for resources of one type. */
export interface TypeActions {
  /** To create, change and delete them. */
  write: readonly string[];
  /** To see whether they are as the program says, as previews with `--refresh` do. */
  read: readonly string[];
  /** Of what reads them, what tells secrets: it is kept from pull requests. `@default` none */
  readSecrets?: readonly string[];
}

/** By type, such as `aws:s3/bucket:Bucket`. */
export type TypeTable = Readonly<Partial<Record<string, TypeActions>>>;

/** Tags, as most services have them. */
export function tags(service: string): TypeActions {
  return {
    write: [`${service}:TagResource`, `${service}:UntagResource`],
    read: [`${service}:ListTagsForResource`],
  };
}
