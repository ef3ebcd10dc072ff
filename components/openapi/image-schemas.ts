import type { OpenAPIV3 } from "openapi-types";
import { maxDistance, maxPageSize } from "../../handlers/http/schemas";
import { imageTypes } from "../../handlers/images/image-types";
import { type Members, object, schemaRef } from "./json-schema";
import {
  bucketUrl,
  cdnUrl,
  choice,
  flag,
  imageId,
  imageTime,
  instant,
  integer,
  share,
  texts,
  url,
  uuid,
  words,
} from "./values";

/** S3 stores no larger objects that are sent at once. */
const maxObjectBytes = 5 * 2 ** 30;

/** Pixels that a side can have in the formats that are accepted. */
const maxSidePixels = 2 ** 31 - 1;

/** Metadata that every image has. */
const imageMetadata: Members = {
  imageId: uuid("Of the image"),
  timestamp: instant("When the image became ready", imageTime),
  userId: words("Whose image it is", 128, "ada"),
  imageName: words("What the image is called", 255, "harbour.png"),
  key: words("Where the image is stored in the images bucket", 1024, `images/${imageId}.png`),
  contentType: choice("What the image's bytes are", imageTypes, "image/png"),
  size: integer("Bytes", 1, maxObjectBytes, 5_242_880),
  tags: texts("The image's tags", 50, 256, { album: "first", place: "Porto" }),
  width: integer("Pixels as stored, before the orientation is applied", 1, maxSidePixels, 4032),
  height: integer("Pixels as stored, before the orientation is applied", 1, maxSidePixels, 3024),
  etag: {
    ...words("The image's ETag, without quotes", 128, "9b2cf535f27731c974343645a3985328"),
    pattern: '^[^"]+$',
  },
};

/** Metadata that not every image has, or not yet. */
const furtherMetadata: Members = {
  orientation: integer("As EXIF numbers it, if the file states one", 1, 8, 1),
  focalPoint: {
    ...object({ x: share("From the left", 0.4), y: share("From the top", 0.25) }),
    description: "What the image is about, as parts of its width and height as shown",
    example: { x: 0.4, y: 0.25 },
  },
  locationRemoved: flag(
    "Is true if the file said, or may have said, where it was taken, which was blanked",
  ),
  thumbHash: {
    ...words(
      "A placeholder, in base64 (ThumbHash). This and what follows come a little later",
      64,
      "3OcRJYB4d3h/iIeHeEh3eIhw+j2w",
    ),
    pattern: "^[A-Za-z0-9+/]+={0,2}$",
  },
  dominantColor: { ...words("In the notation of CSS", 7, "#3a6ea5"), pattern: "^#[0-9a-f]{6}$" },
  transparent: flag("Whether any pixel of the first frame is", false),
  frames: integer("1 unless it is an animated GIF or WebP", 1, maxSidePixels, 1),
  perceptualHash: {
    ...words("64 bits, of which few differ between images that look alike", 16, "c3d4a5b6978f1e02"),
    pattern: "^[0-9a-f]{16}$",
  },
};

/** By which an image is got without more. */
export const presignedUrl = url(
  "Gets the image for an hour, without an API key",
  `${bucketUrl}/images/${imageId}.png?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Expires=3600&X-Amz-Signature=0b9f`,
);

const renditionUrls: OpenAPIV3.SchemaObject = texts(
  "By preset, signed URLs that get the image as the preset makes it",
  100,
  8192,
  {
    thumb: `${cdnUrl}/i/${imageId}/thumb?Expires=1773484013&Signature=Qm9v&Key-Pair-Id=K2JCJMDEHXQW5F`,
  },
);

/** Schemas of images by name. */
export const imageSchemas: Record<string, OpenAPIV3.SchemaObject> = {
  ImageMetadata: {
    ...object(imageMetadata, furtherMetadata),
    description: "What is known of an image",
  },
  UploadedImage: {
    ...object({
      message: words("A sentence for people", 255, "The image was stored."),
      imageId: uuid("Of the new image"),
      url: presignedUrl,
      metadata: schemaRef("ImageMetadata"),
    }),
    description: "An image that was stored",
  },
  FoundImage: {
    ...object(
      { imageId: uuid("Of the image"), metadata: schemaRef("ImageMetadata") },
      { url: presignedUrl, urls: renditionUrls },
    ),
    description: "An image, and the URLs that were asked for",
  },
  RenditionUrl: {
    ...object(
      {
        url: url(
          "Gets the image, without an API key",
          `${cdnUrl}/i/${imageId}/width=640?Expires=1773484013&Signature=Qm9v&Key-Pair-Id=K2JCJMDEHXQW5F`,
        ),
      },
      {
        expiresAt: instant(
          "When the URL stops working; left out if it does not",
          "2026-03-14T10:26:53.000Z",
        ),
      },
    ),
    description: "By which anybody gets an image",
  },
  ListedImage: {
    ...object(imageMetadata, {
      ...furtherMetadata,
      url: presignedUrl,
      urls: renditionUrls,
      distance: integer("With similarTo: bits in which the hashes differ", 0, maxDistance, 3),
    }),
    description: "An image in a list, and the URLs that were asked for",
  },
  ImageList: {
    ...object(
      {
        images: {
          type: "array",
          items: schemaRef("ListedImage"),
          minItems: 0,
          maxItems: maxPageSize,
          description: "The images of this page",
        },
        count: integer("Images in this answer", 0, maxPageSize, 1),
        hasMore: flag("Whether there is another page"),
      },
      {
        nextCursor: {
          ...words(
            "Pass it as cursor to get the next page",
            512,
            "Xq0bC1J2mYl9w4T8o5kP7FsiMjAyNi0wMy0xNFQwOToyNjo1My41ODlaIg",
          ),
          pattern: "^[A-Za-z0-9_-]+$",
        },
      },
    ),
    description: "A page of a list of images",
  },
};
