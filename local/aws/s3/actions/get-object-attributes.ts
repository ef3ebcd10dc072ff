import type { Action } from "../action";
import { versioned } from "../action";
import type { Call } from "../call";
import { checksumElements } from "../checksum-elements";
import { invalidArgument } from "../errors";
import { requestedObject } from "../find-object";
import { httpDate, versionHeader } from "../object-headers";
import { xmlReply } from "../reply";
import type { ObjectContent } from "../store/version";
import { renderXml } from "../xml";
import type { XmlElement } from "../xml";

const attributesHeader = "x-amz-object-attributes";
const mostParts = 1000;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html */
export const getObjectAttributes: Action = {
  permissions: (call) => [
    ...versioned("s3:GetObject")(call),
    ...versioned("s3:GetObjectAttributes", "s3:GetObjectVersionAttributes")(call),
  ],
  run: (call) => {
    const asked = askedAttributes(call);
    const object = requestedObject(call);
    const shown = Object.entries(attributes)
      .filter(([name]) => asked.includes(name))
      .map(([name, show]) => [name, show(object.content, call)] as const);
    return xmlReply(renderXml("GetObjectAttributesResponse", Object.fromEntries(shown)), {
      "last-modified": httpDate(object),
      ...versionHeader(call.bucket, object),
    });
  },
};

/** What can be asked for, in the order in which it is answered. */
const attributes: Readonly<
  Record<string, (content: ObjectContent, call: Call) => XmlElement | string | number | undefined>
> = {
  ETag: ({ etag }) => etag,
  // Without the count of parts that it ends with elsewhere.
  Checksum: ({ checksum }) =>
    checksumElements({ ...checksum, value: checksum.value.replace(/-\d+$/, "") }),
  ObjectParts: partsOf,
  StorageClass: ({ storageClass }) => storageClass,
  ObjectSize: ({ size }) => size,
};

/** @throws S3Error `InvalidArgument` for one that there is not, and for none. */
function askedAttributes(call: Call): string[] {
  const asked = (call.header(attributesHeader) ?? "").split(",").map((name) => name.trim());
  const unknown = asked.find((name) => !Object.hasOwn(attributes, name));
  if (unknown !== undefined) {
    throw invalidArgument("Invalid attribute name specified.", attributesHeader, unknown);
  }
  return asked;
}

/** Nothing of an object of one piece; the parts themselves where the checksum is of theirs. */
function partsOf(
  { partSizes, partChecksums, checksum: { algorithm, type } }: ObjectContent,
  call: Call,
): XmlElement | undefined {
  if (!partSizes) {
    return undefined;
  }
  const count = { PartsCount: partSizes.length };
  if (!partChecksums || type !== "COMPOSITE") {
    return count;
  }
  const marker = numberIn(call, "x-amz-part-number-marker", 0);
  const maxParts = Math.min(numberIn(call, "x-amz-max-parts", mostParts), mostParts);
  const parts = partSizes
    .map((size, index) => ({
      PartNumber: index + 1,
      Size: size,
      [`Checksum${algorithm}`]: partChecksums[index],
    }))
    .filter(({ PartNumber }) => PartNumber > marker);
  const page = parts.slice(0, maxParts);
  return {
    ...count,
    PartNumberMarker: marker,
    NextPartNumberMarker: page.at(-1)?.PartNumber ?? 0,
    MaxParts: maxParts,
    IsTruncated: page.length < parts.length,
    Part: page,
  };
}

/** @throws S3Error `InvalidArgument`. */
function numberIn(call: Call, header: string, otherwise: number): number {
  const text = call.header(header) ?? String(otherwise);
  if (!/^\d{1,9}$/.test(text)) {
    throw invalidArgument(
      `Provided ${header} not an integer or within integer range`,
      header,
      text,
    );
  }
  return Number(text);
}
