import type { components, operations } from "./schema.js";

type Schemas = components["schemas"];

type QueryOf<Name extends keyof operations> = NonNullable<operations[Name]["parameters"]["query"]>;

/** An image's metadata. */
export type ImageMetadata = Schemas["ImageMetadata"];
/** An image in a list. */
export type ListedImage = Schemas["ListedImage"];
/** A page of a list of images. */
export type ImageList = Schemas["ImageList"];
/** An image, and the URLs that were asked for. */
export type FoundImage = Schemas["FoundImage"];
/** An image that was stored. */
export type UploadedImage = Schemas["UploadedImage"];
/** A form by which an image goes straight to S3. */
export type CreatedUpload = Schemas["CreatedUpload"];
/** How a direct upload stands. */
export type Upload = Schemas["Upload"];
/** A URL of a rendition. */
export type RenditionUrl = Schemas["RenditionUrl"];
/** What is to be changed of an image. */
export type ImageChanges = Schemas["UpdateBody"];
/** Who the user is. */
export type Me = Schemas["Me"];

/** Which images are listed, and with which URLs; all but the page. */
export type ImageQuery = Omit<QueryOf<"listImages">, "cursor">;
/** Operations of a rendition, or a preset, and how long its URL works. */
export type RenditionQuery = QueryOf<"getImageUrl">;

/** The result of processed data. */
export type ProcessedData = Schemas["ProcessedData"];
/** Data to process: fields, and the id of a record. */
export type ProcessBody = Schemas["ProcessBody"];

/** A record, as it is put. */
export type RecordBody = Schemas["RecordBody"];
/** A record, with its id. */
export type StoredRecord = Schemas["StoredRecord"];
/** What there is to know of a result. */
export type ListedResult = Schemas["ListedResult"];
/** A page of a list of results. */
export type ResultList = Schemas["ResultList"];
/** Of which record results are listed; all but the page. */
export type ResultQuery = Omit<QueryOf<"listResults">, "cursor">;

/** What is said of an image that is sent. */
export interface ImageDetails {
  /** Whose it is; users may leave it out. */
  userId?: string;
  /** @default the name of the file, if it has one */
  imageName?: string;
  tags?: Readonly<Record<string, string>>;
}
