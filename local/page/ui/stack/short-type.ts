/** A type as people say it: `s3 Bucket` of `aws:s3/bucket:Bucket`, `Api` of `darkroom:api:Api`. */
export function shortType(type: string): string {
  const [pack = "", module = "", name = type] = type.split(":");
  const [group = ""] = module.split("/");
  return pack === "aws" ? `${group} ${name}` : name;
}
