// Written by npm run client, of openapi.users.json.

export interface paths {
  "/health": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Tells that the gateway answers; needs no API key
     * @description No function runs for it, and it counts to no quota.
     */
    get: operations["getHealth"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/openapi.json": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Gets this document, with the server that it comes from; needs no API key
     * @description What this stack takes and answers: with users, where it has an issuer. It counts to no quota.
     */
    get: operations["getOpenApi"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/images": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Lists images, newest first: all, or those of one user, with one tag, or both
     * @description While hasMore is true, nextCursor is there: passed as cursor with the same userId and tag, it gets the next page. With similarTo, images that look alike are listed instead, most similar first, in one page.
     */
    get: operations["listImages"];
    put?: never;
    /**
     * Stores an image: as base64 in JSON, as a part of a form, or as the body itself
     * @description The image is stored when the answer arrives. How it looks is described a little later: what the schema ImageMetadata has from thumbHash on. Larger images go by POST /uploads.
     */
    post: operations["uploadImage"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/images/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Gets an image's metadata and, if asked for, URLs to get the image by
     * @description Without URLs, the answer has an ETag, by which a change is noticed (If-None-Match) and made (If-Match).
     */
    get: operations["getImage"];
    put?: never;
    post?: never;
    /**
     * Removes an image for good, or an upload that is to become one
     * @description Removes every version of the image and all its renditions, at the edge, too. Repeated, it answers the same. With If-Match nothing that another request has changed meanwhile is removed.
     */
    delete: operations["deleteImage"];
    options?: never;
    head?: never;
    /**
     * Changes an image's name, tags or focal point; what is left out stays
     * @description Tags are replaced all together. A new focal point makes renditions that are cut by it anew, at the edge, too. With If-Match nothing that another request has changed meanwhile is overwritten.
     */
    patch: operations["updateImage"];
    trace?: never;
  };
  "/images/{id}/url": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Signs a URL by which anybody gets the image as the operations make it
     * @description The operations are given one by one, in any order, or by the name of a preset. The same request gets the same URL as long as urlWindowSeconds says, so that browsers and CloudFront can keep the image. The URL of a public preset is not signed, and does not end.
     */
    get: operations["getImageUrl"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/images/{id}/content": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Gets an image: by a redirect, or itself
     * @description Answers with the image itself, as its own type, when the first media type of Accept is one of images or application/octet-stream and the image is no larger than a function may return; otherwise with a redirect to a presigned URL.
     */
    get: operations["getImageContent"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/uploads": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Presigns a form by which an image too large for POST /images goes straight to S3
     * @description Send the form as multipart/form-data to upload.url: first all of upload.fields, then the image as the field file. GET /uploads/{id} then tells what has become of it.
     */
    post: operations["createUpload"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/uploads/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Tells whether what was sent by a form has become an image
     * @description An upload is pending until the form was sent and its image is looked at; then it is ready, an image of the same id, or rejected, and says why.
     */
    get: operations["getUpload"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/process": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Merges the posted fields over the record of that id and stores the result
     * @description The record stays as it is. The result is JSON in the results bucket, where it can be neither changed nor deleted for resultsLockDays, and anybody who knows its url gets it from the CDN.
     */
    post: operations["processData"];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/results": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Lists the results for the id of a record, newest first
     * @description A result is listed once POST /process has answered with it; of one user's, some milliseconds later. While there is a nextCursor, it gets the next page, passed as cursor with the same id and userId.
     */
    get: operations["listResults"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/records/{id}": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Gets the record of this id
     * @description The answer has an ETag, by which a change is noticed (If-None-Match) and made (If-Match).
     */
    get: operations["getRecord"];
    /**
     * Keeps a JSON object as the record of this id, in the place of any that there was
     * @description POST /process merges what is posted over it. With If-Match nothing that another request has changed meanwhile is overwritten, and with If-None-Match: * nothing at all. Numbers keep their digits, but not how they are written: 1.50 becomes 1.5.
     */
    put: operations["putRecord"];
    post?: never;
    /**
     * Removes the record of this id
     * @description Results of it stay. Repeated, it answers the same.
     */
    delete: operations["deleteRecord"];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  "/me": {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Tells who the user is, how much the user has, and how much users may have
     * @description Images are counted when they are stored and when they are deleted.
     */
    get: operations["getMe"];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    /** @description An image as base64, and what is said of it */
    UploadBody: {
      /** @description base64, with or without data:<type>;base64, in front; line breaks, the alphabet of URLs and missing padding are accepted, too */
      imageData: string;
      /**
       * @description The image's content type; application/octet-stream: as its bytes say
       * @enum {string}
       */
      contentType:
        | "image/jpeg"
        | "image/png"
        | "image/gif"
        | "image/webp"
        | "image/jpg"
        | "image/pjpeg"
        | "image/x-png"
        | "image/apng"
        | "image/vnd.mozilla.apng"
        | "application/octet-stream";
      /** @description Whose image it is, or whose images */
      userId?: string;
      /** @description What the image is called */
      imageName?: string;
      /** @description By which images are found. Keys have 1 to 128 characters, and no control characters */
      tags?: {
        [key: string]: string;
      };
    };
    /** @description A form with an image, and what is said of it */
    UploadParts: {
      /**
       * Format: binary
       * @description The image itself
       */
      image: Blob;
      /** @description Whose image it is, or whose images */
      userId?: string;
      /** @description By default, the name of the image's file */
      imageName?: string;
      /** @description JSON text of a flat object of strings */
      tags?: string;
      /**
       * @description The image's content type; application/octet-stream: as its bytes say. By default, that of the part
       * @enum {string}
       */
      contentType?:
        | "image/jpeg"
        | "image/png"
        | "image/gif"
        | "image/webp"
        | "image/jpg"
        | "image/pjpeg"
        | "image/x-png"
        | "image/apng"
        | "image/vnd.mozilla.apng"
        | "application/octet-stream";
    };
    /** @description An image that is going to be sent by a form */
    DirectUploadBody: {
      /**
       * @description What the image will be
       * @enum {string}
       */
      contentType:
        | "image/jpeg"
        | "image/png"
        | "image/gif"
        | "image/webp"
        | "image/jpg"
        | "image/pjpeg"
        | "image/x-png"
        | "image/apng"
        | "image/vnd.mozilla.apng";
      /** @description Whose image it is, or whose images */
      userId?: string;
      /** @description What the image is called */
      imageName?: string;
      /** @description By which images are found. Keys have 1 to 128 characters, and no control characters */
      tags?: {
        [key: string]: string;
      };
      /**
       * Format: int64
       * @description Bytes, exactly
       */
      size: number;
    };
    /** @description What is to be changed of an image */
    UpdateBody: {
      /** @description What the image is called */
      imageName?: string;
      /** @description All of the image's tags: they replace those that it has */
      tags?: {
        [key: string]: string;
      };
      /** @description What the image is about, as parts of its width and height as shown; null takes it back */
      focalPoint?: {
        /**
         * Format: double
         * @description From the left
         */
        x: number;
        /**
         * Format: double
         * @description From the top
         */
        y: number;
      } | null;
    };
    /** @description How the API is */
    Health: {
      /**
       * @description That the gateway answers
       * @enum {string}
       */
      status: "ok";
    };
    /** @description An OpenAPI document */
    OpenApiDocument: {
      /** @description The version of OpenAPI */
      openapi: string;
      /** @description What the API is */
      info: {
        [key: string]: unknown;
      };
      /** @description What may be asked, and what is answered */
      paths: {
        [key: string]: unknown;
      };
    } & {
      [key: string]: unknown;
    };
    /** @description What is known of an image */
    ImageMetadata: {
      /**
       * Format: uuid
       * @description Of the image
       */
      imageId: string;
      /**
       * Format: date-time
       * @description When the image became ready
       */
      timestamp: string;
      /** @description Whose image it is */
      userId: string;
      /** @description What the image is called */
      imageName: string;
      /** @description Where the image is stored in the images bucket */
      key: string;
      /**
       * @description What the image's bytes are
       * @enum {string}
       */
      contentType: "image/jpeg" | "image/png" | "image/gif" | "image/webp";
      /**
       * Format: int64
       * @description Bytes
       */
      size: number;
      /** @description The image's tags */
      tags: {
        [key: string]: string;
      };
      /**
       * Format: int32
       * @description Pixels as stored, before the orientation is applied
       */
      width: number;
      /**
       * Format: int32
       * @description Pixels as stored, before the orientation is applied
       */
      height: number;
      /** @description The image's ETag, without quotes */
      etag: string;
      /**
       * Format: int32
       * @description As EXIF numbers it, if the file states one
       */
      orientation?: number;
      /** @description What the image is about, as parts of its width and height as shown */
      focalPoint?: {
        /**
         * Format: double
         * @description From the left
         */
        x: number;
        /**
         * Format: double
         * @description From the top
         */
        y: number;
      };
      /** @description Is true if the file said, or may have said, where it was taken, which was blanked */
      locationRemoved?: boolean;
      /** @description A placeholder, in base64 (ThumbHash). This and what follows come a little later */
      thumbHash?: string;
      /** @description In the notation of CSS */
      dominantColor?: string;
      /** @description Whether any pixel of the first frame is */
      transparent?: boolean;
      /**
       * Format: int32
       * @description 1 unless it is an animated GIF or WebP
       */
      frames?: number;
      /** @description 64 bits, of which few differ between images that look alike */
      perceptualHash?: string;
    };
    /** @description An image that was stored */
    UploadedImage: {
      /** @description A sentence for people */
      message: string;
      /**
       * Format: uuid
       * @description Of the new image
       */
      imageId: string;
      /**
       * Format: uri
       * @description Gets the image for an hour, without an API key
       */
      url: string;
      metadata: components["schemas"]["ImageMetadata"];
    };
    /** @description An image, and the URLs that were asked for */
    FoundImage: {
      /**
       * Format: uuid
       * @description Of the image
       */
      imageId: string;
      metadata: components["schemas"]["ImageMetadata"];
      /**
       * Format: uri
       * @description Gets the image for an hour, without an API key
       */
      url?: string;
      /** @description By preset, signed URLs that get the image as the preset makes it */
      urls?: {
        [key: string]: string;
      };
    };
    /** @description By which anybody gets an image */
    RenditionUrl: {
      /**
       * Format: uri
       * @description Gets the image, without an API key
       */
      url: string;
      /**
       * Format: date-time
       * @description When the URL stops working; left out if it does not
       */
      expiresAt?: string;
    };
    /** @description An image in a list, and the URLs that were asked for */
    ListedImage: {
      /**
       * Format: uuid
       * @description Of the image
       */
      imageId: string;
      /**
       * Format: date-time
       * @description When the image became ready
       */
      timestamp: string;
      /** @description Whose image it is */
      userId: string;
      /** @description What the image is called */
      imageName: string;
      /** @description Where the image is stored in the images bucket */
      key: string;
      /**
       * @description What the image's bytes are
       * @enum {string}
       */
      contentType: "image/jpeg" | "image/png" | "image/gif" | "image/webp";
      /**
       * Format: int64
       * @description Bytes
       */
      size: number;
      /** @description The image's tags */
      tags: {
        [key: string]: string;
      };
      /**
       * Format: int32
       * @description Pixels as stored, before the orientation is applied
       */
      width: number;
      /**
       * Format: int32
       * @description Pixels as stored, before the orientation is applied
       */
      height: number;
      /** @description The image's ETag, without quotes */
      etag: string;
      /**
       * Format: int32
       * @description As EXIF numbers it, if the file states one
       */
      orientation?: number;
      /** @description What the image is about, as parts of its width and height as shown */
      focalPoint?: {
        /**
         * Format: double
         * @description From the left
         */
        x: number;
        /**
         * Format: double
         * @description From the top
         */
        y: number;
      };
      /** @description Is true if the file said, or may have said, where it was taken, which was blanked */
      locationRemoved?: boolean;
      /** @description A placeholder, in base64 (ThumbHash). This and what follows come a little later */
      thumbHash?: string;
      /** @description In the notation of CSS */
      dominantColor?: string;
      /** @description Whether any pixel of the first frame is */
      transparent?: boolean;
      /**
       * Format: int32
       * @description 1 unless it is an animated GIF or WebP
       */
      frames?: number;
      /** @description 64 bits, of which few differ between images that look alike */
      perceptualHash?: string;
      /**
       * Format: uri
       * @description Gets the image for an hour, without an API key
       */
      url?: string;
      /** @description By preset, signed URLs that get the image as the preset makes it */
      urls?: {
        [key: string]: string;
      };
      /**
       * Format: int32
       * @description With similarTo: bits in which the hashes differ
       */
      distance?: number;
    };
    /** @description A page of a list of images */
    ImageList: {
      /** @description The images of this page */
      images: components["schemas"]["ListedImage"][];
      /**
       * Format: int32
       * @description Images in this answer
       */
      count: number;
      /** @description Whether there is another page */
      hasMore: boolean;
      /** @description Pass it as cursor to get the next page */
      nextCursor?: string;
    };
    /** @description A form by which an image goes straight to S3 */
    CreatedUpload: {
      /** @description A sentence for people */
      message: string;
      /**
       * Format: uuid
       * @description And the id of the image that the upload is to become
       */
      uploadId: string;
      /**
       * @description How the upload stands
       * @enum {string}
       */
      status: "pending";
      /**
       * Format: date-time
       * @description When the form stops working
       */
      expiresAt: string;
      /** @description The form */
      upload: {
        /**
         * Format: uri
         * @description Where to send the form
         */
        url: string;
        /**
         * @description How to send it
         * @enum {string}
         */
        method: "POST";
        /** @description What the form holds before the image, which is its last field: file */
        fields: {
          [key: string]: string;
        };
      };
    };
    /** @description How a direct upload stands */
    Upload: {
      /**
       * Format: uuid
       * @description And the id of the image that the upload is to become
       */
      uploadId: string;
      /**
       * @description How the upload stands
       * @enum {string}
       */
      status: "pending" | "ready" | "rejected";
      /**
       * Format: date-time
       * @description When the form stops working
       */
      expiresAt?: string;
      /**
       * Format: uuid
       * @description Set once the image is ready
       */
      imageId?: string;
      /** @description Why the upload was rejected */
      reason?: {
        /** @description For programs */
        code: string;
        /** @description A sentence for people */
        message: string;
      };
    };
    /** @description Any JSON object that has an id, of at most 256 KiB */
    ProcessBody: {
      /** @description Of the record, at most 2048 bytes in UTF-8 */
      id: string;
    } & {
      [key: string]: unknown;
    };
    /** @description The result, and where it is stored */
    ProcessedData: {
      /** @description A sentence for people */
      message: string;
      /** @description Where the result is in the results bucket */
      s3Key: string;
      /**
       * Format: uri
       * @description Where the CDN serves the result
       */
      url: string;
      /** @description The posted fields merged over those of the record */
      processedData: {
        [key: string]: unknown;
      };
    };
    /** @description Any JSON object of at most 256 KiB, 32 levels deep, with numbers of at most 38 digits; its id, if it has one, is that of the path */
    RecordBody: {
      /** @description Of the record, at most 2048 bytes in UTF-8 */
      id?: string;
    } & {
      [key: string]: unknown;
    };
    /** @description A record: what was put, with its id and, of a user's, userId */
    StoredRecord: {
      /** @description Of the record */
      id: string;
      /** @description Whose it is */
      userId?: string;
    } & {
      [key: string]: unknown;
    };
    /** @description What there is to know of a result */
    ListedResult: {
      /**
       * Format: uuid
       * @description Of the result
       */
      resultId: string;
      /** @description Of the record */
      id: string;
      /**
       * Format: date-time
       * @description When it was processed
       */
      timestamp: string;
      /**
       * Format: int32
       * @description Of its JSON text
       */
      bytes: number;
      /** @description Where the result is in the results bucket */
      s3Key: string;
      /**
       * Format: uri
       * @description Where the CDN serves the result
       */
      url: string;
      /** @description Whose it is */
      userId?: string;
    };
    /** @description A page of results */
    ResultList: {
      /** @description Newest first */
      results: components["schemas"]["ListedResult"][];
      /** @description Where the next page begins, if there is one: pass it as cursor */
      nextCursor?: string;
    };
    /** @description What is wrong with one field of a request */
    Problem: {
      /** @description What is wrong, as the client names it, or body */
      field: string;
      /** @description Completes a sentence that begins with the field */
      problem: string;
      /** @description JSON pointer to it (RFC 6901) */
      pointer: string;
    };
    /** @description What every error is */
    ApiError: {
      /** @description A sentence for people */
      error: string;
      /** @description For programs, such as InvalidRequest */
      code: string;
      /** @description Under which the request is logged */
      requestId: string;
      /** @description The problems of a request that breaks the contract */
      details?: components["schemas"]["Problem"][];
      /**
       * @description Which limit a 413, a 429 or UserLimitReached is about
       * @enum {string}
       */
      limit?: "image" | "pixels" | "request" | "result" | "quota" | "throttle" | "images" | "bytes";
      /**
       * Format: int64
       * @description The limit of a 413 or of the user, in bytes
       */
      maxBytes?: number;
      /**
       * Format: int64
       * @description The limit of a 413 about pixels
       */
      maxPixels?: number;
      /**
       * Format: int64
       * @description The quota's requests in a day (UTC)
       */
      maxRequests?: number;
      /**
       * Format: int64
       * @description With UserLimitReached: images a user may have
       */
      maxImages?: number;
      /**
       * Format: int64
       * @description With UserLimitReached: images the user has
       */
      images?: number;
      /**
       * Format: int64
       * @description With UserLimitReached: bytes that they have
       */
      bytes?: number;
      /**
       * Format: int64
       * @description With UserLimitReached: bytes of one more
       */
      size?: number;
    } & {
      [key: string]: unknown;
    };
    /** @description Who the user is, how much the user has, and how much users may have */
    Me: {
      /** @description Who asks */
      userId: string;
      /** @description Whether images of all users may be seen and changed */
      isAdmin: boolean;
      /** @description How many images there are of the user */
      images: {
        /**
         * Format: int64
         * @description There are
         */
        count: number;
        /**
         * Format: int64
         * @description There may be; left out where there is no limit
         */
        max?: number;
      };
      /** @description How many bytes they have together */
      bytes: {
        /**
         * Format: int64
         * @description There are
         */
        count: number;
        /**
         * Format: int64
         * @description There may be; left out where there is no limit
         */
        max?: number;
      };
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  getHealth: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The gateway answers */
      200: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Health"];
        };
      };
      /** @description The request, or what it would produce, is too large: limit and maxBytes */
      413: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The media type of the request is not accepted, its body is compressed, or the image is cut off, damaged, or none of an accepted type and coding */
      415: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Too many requests: over the key's quota of the day, or too fast for a throttle */
      429: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Something went wrong in the API */
      500: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
    };
  };
  getOpenApi: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The document */
      200: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Who may keep the answer, and how */
          "Cache-Control"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["OpenApiDocument"];
        };
      };
      /** @description The request, or what it would produce, is too large: limit and maxBytes */
      413: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The media type of the request is not accepted, its body is compressed, or the image is cut off, damaged, or none of an accepted type and coding */
      415: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Too many requests: over the key's quota of the day, or too fast for a throttle */
      429: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Something went wrong in the API */
      500: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
    };
  };
  listImages: {
    parameters: {
      query?: {
        /** @description Whose image it is, or whose images */
        userId?: string;
        /** @description A tag that the images have, as key:value */
        tag?: string;
        /** @description How many a page has; any more than 100 are as 100 */
        limit?: number;
        /** @description The nextCursor of the page before */
        cursor?: string;
        /** @description true: with a presigned URL by which the image is got for an hour */
        urls?: "true" | "false";
        /** @description Presets, joined by commas: a URL of each is added to the image, in urls */
        preset?: string;
        /** @description The id of an image: those of the same user that look like it, most similar first, each with its distance. Goes neither with tag nor with cursor */
        similarTo?: string;
        /** @description With similarTo, in how many of 64 bits the images' perceptual hashes may differ. By default 10 */
        maxDistance?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of the list */
      200: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Who may keep the answer, and how */
          "Cache-Control"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ImageList"];
        };
      };
      /** @description The request breaks the contract */
      400: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The bearer token is missing (Unauthorized), not accepted (InvalidToken) or over (TokenExpired) */
      401: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description How to authenticate */
          "WWW-Authenticate"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The userId is another's (NotYourUser); or: The API key that the request counts to is not known (InvalidApiKey) */
      403: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description There is nothing with this id */
      404: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Not now: a request with this Idempotency-Key is under way, others change the image or the record, or the image is not described yet */
      409: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The request, or what it would produce, is too large: limit and maxBytes */
      413: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Too many requests: over the key's quota of the day, or too fast for a throttle */
      429: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Something went wrong in the API */
      500: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation could not be run */
      502: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Whether the token is accepted cannot be told at the moment (AuthorizationUnavailable) */
      503: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation took too long, or what has become of it is not known */
      504: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
    };
  };
  uploadImage: {
    parameters: {
      query?: {
        /** @description With an image as the body. Whose image it is, or whose images */
        userId?: string;
        /** @description With an image as the body. What the image is called */
        imageName?: string;
        /** @description With an image as the body. JSON text of a flat object of strings */
        tags?: string;
      };
      header?: {
        /** @description Of the client's choice, new for every request: for a day, the same request with the same key gets the same answer and has no second effect */
        "Idempotency-Key"?: string;
      };
      path?: never;
      cookie?: never;
    };
    /** @description The image, and what is said of it */
    requestBody: {
      content: {
        "application/json": components["schemas"]["UploadBody"];
        "multipart/form-data": components["schemas"]["UploadParts"];
        "image/jpeg": Blob;
        "image/png": Blob;
        "image/gif": Blob;
        "image/webp": Blob;
        "application/octet-stream": Blob;
      };
    };
    responses: {
      /** @description The image was stored */
      201: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Is true when this is the stored answer to an earlier request of this key */
          "Idempotency-Replayed"?: "true";
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["UploadedImage"];
        };
      };
      /** @description The request breaks the contract */
      400: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The bearer token is missing (Unauthorized), not accepted (InvalidToken) or over (TokenExpired) */
      401: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description How to authenticate */
          "WWW-Authenticate"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The userId is another's (NotYourUser); or: the user has as much as users may have (UserLimitReached); or: The API key that the request counts to is not known (InvalidApiKey) */
      403: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Not now: a request with this Idempotency-Key is under way, others change the image or the record, or the image is not described yet */
      409: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The request, or what it would produce, is too large: limit and maxBytes */
      413: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The media type of the request is not accepted, its body is compressed, or the image is cut off, damaged, or none of an accepted type and coding */
      415: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The Idempotency-Key came with another request before */
      422: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Too many requests: over the key's quota of the day, or too fast for a throttle */
      429: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Something went wrong in the API */
      500: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation could not be run */
      502: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Other requests change what the user has (UserBusy); or: Whether the token is accepted cannot be told at the moment (AuthorizationUnavailable) */
      503: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation took too long, or what has become of it is not known */
      504: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
    };
  };
  getImage: {
    parameters: {
      query?: {
        /** @description true: with a presigned URL by which the image is got for an hour */
        url?: "true" | "false";
        /** @description Presets, joined by commas: a URL of each is added to the image, in urls */
        preset?: string;
      };
      header?: {
        /** @description ETags of what the client has seen, or *: if that of what it asks for is not among them, the answer is 412 */
        "If-Match"?: string;
        /** @description ETags of what the client has, or *: if what it asks for is among them, the answer is 304 */
        "If-None-Match"?: string;
      };
      path: {
        /** @description Of the image, or of the upload that it was */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The image */
      200: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Changes exactly when what it is of does */
          ETag?: string;
          /** @description Who may keep the answer, and how */
          "Cache-Control"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FoundImage"];
        };
      };
      /** @description The client has it already */
      304: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Changes exactly when what it is of does */
          ETag?: string;
          /** @description Who may keep the answer, and how */
          "Cache-Control"?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request breaks the contract */
      400: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The bearer token is missing (Unauthorized), not accepted (InvalidToken) or over (TokenExpired) */
      401: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description How to authenticate */
          "WWW-Authenticate"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The API key that the request counts to is not known (InvalidApiKey) */
      403: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description There is nothing with this id */
      404: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description What is there is not what If-Match or If-None-Match asks for */
      412: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The request, or what it would produce, is too large: limit and maxBytes */
      413: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The path, as it was sent, is too long for the authorizer: with the API's ARN before it, it has at most 1600 bytes */
      414: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Too many requests: over the key's quota of the day, or too fast for a throttle */
      429: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Something went wrong in the API */
      500: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation could not be run */
      502: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Whether the token is accepted cannot be told at the moment (AuthorizationUnavailable) */
      503: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation took too long, or what has become of it is not known */
      504: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
    };
  };
  deleteImage: {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what the client knows, or *: if that of what is there is not among them, nothing is changed */
        "If-Match"?: string;
        /** @description ETags, of which what is there must have none: else nothing is changed, nor is anything that is there with * */
        "If-None-Match"?: string;
      };
      path: {
        /** @description Of the image, or of the upload that it was */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description There is no such image any more */
      204: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request breaks the contract */
      400: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The bearer token is missing (Unauthorized), not accepted (InvalidToken) or over (TokenExpired) */
      401: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description How to authenticate */
          "WWW-Authenticate"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The API key that the request counts to is not known (InvalidApiKey) */
      403: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description There is nothing with this id */
      404: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description What is there is not what If-Match or If-None-Match asks for */
      412: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The request, or what it would produce, is too large: limit and maxBytes */
      413: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The path, as it was sent, is too long for the authorizer: with the API's ARN before it, it has at most 1600 bytes */
      414: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Too many requests: over the key's quota of the day, or too fast for a throttle */
      429: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Something went wrong in the API */
      500: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation could not be run */
      502: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Other requests change what the user has (UserBusy); or: Whether the token is accepted cannot be told at the moment (AuthorizationUnavailable) */
      503: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation took too long, or what has become of it is not known */
      504: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
    };
  };
  updateImage: {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what the client knows, or *: if that of what is there is not among them, nothing is changed */
        "If-Match"?: string;
        /** @description ETags, of which what is there must have none: else nothing is changed, nor is anything that is there with * */
        "If-None-Match"?: string;
      };
      path: {
        /** @description Of the image, or of the upload that it was */
        id: string;
      };
      cookie?: never;
    };
    /** @description What is to change */
    requestBody: {
      content: {
        "application/json": components["schemas"]["UpdateBody"];
      };
    };
    responses: {
      /** @description The image as it is now */
      200: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Changes exactly when what it is of does */
          ETag?: string;
          /** @description Who may keep the answer, and how */
          "Cache-Control"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["FoundImage"];
        };
      };
      /** @description The request breaks the contract */
      400: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The bearer token is missing (Unauthorized), not accepted (InvalidToken) or over (TokenExpired) */
      401: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description How to authenticate */
          "WWW-Authenticate"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The API key that the request counts to is not known (InvalidApiKey) */
      403: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description There is nothing with this id */
      404: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Not now: a request with this Idempotency-Key is under way, others change the image or the record, or the image is not described yet */
      409: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description What is there is not what If-Match or If-None-Match asks for */
      412: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The request, or what it would produce, is too large: limit and maxBytes */
      413: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The path, as it was sent, is too long for the authorizer: with the API's ARN before it, it has at most 1600 bytes */
      414: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The media type of the request is not accepted, its body is compressed, or the image is cut off, damaged, or none of an accepted type and coding */
      415: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Too many requests: over the key's quota of the day, or too fast for a throttle */
      429: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Something went wrong in the API */
      500: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation could not be run */
      502: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The image is changed, but its renditions are still to be: repeat the request; or: Whether the token is accepted cannot be told at the moment (AuthorizationUnavailable) */
      503: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation took too long, or what has become of it is not known */
      504: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
    };
  };
  getImageUrl: {
    parameters: {
      query?: {
        /** @description The name of a preset of the stack, instead of operations */
        preset?: string;
        /** @description Pixels that the rendition is wide. Without height, that follows */
        width?: number;
        /** @description Pixels that the rendition is high. Without width, that follows */
        height?: number;
        /** @description Pixels of the device for one of width and height, which it multiplies, to at most 8192 */
        dpr?: number;
        /** @description How the image is brought into the box of width and height, both of which it needs. cover fills the box and cuts off what is beyond, contain adds background, fill distorts, inside is at most as large as the box, outside at least. By default cover */
        fit?: "cover" | "contain" | "fill" | "inside" | "outside";
        /** @description What cover keeps, or where contain puts the image. auto keeps what catches the eye; a point is in parts of the width and the height, 0 to 1, and is kept as near to the middle as can be. By default, the focal point of the image, or the center */
        gravity?: string;
        /** @description The part of the original that is taken, in pixels of the original as it is seen: after its EXIF orientation. What is beyond the original is left out; a part that begins there is refused */
        crop?: string;
        /** @description Degrees clockwise. Width, height and gravity are of the turned image */
        rotate?: "0" | "90" | "180" | "270";
        /** @description Top becomes bottom, after rotate */
        flip?: "true" | "false";
        /** @description Left becomes right, after rotate */
        flop?: "true" | "false";
        /** @description What contain adds, and what is behind transparency that goes: hexadecimal digits of red, green and blue, and with contain of opacity. In a query, # is written %23, or left out. By default ffffff */
        background?: string;
        /** @description Puts background behind transparency. JPEG has none, and always is flattened */
        flatten?: "true" | "false";
        /** @description Sigma of a Gaussian blur */
        blur?: number;
        /** @description Sigma of a sharpening mask */
        sharpen?: number;
        /** @description Takes the colours out */
        grayscale?: "true" | "false";
        /** @description Lets the rendition become larger than the original. Without it, width and height never do that */
        enlarge?: "true" | "false";
        /** @description Of AVIF, WebP and JPEG. By default 55, 80 and 80 */
        quality?: number;
        /** @description What the rendition is encoded as. By default auto: AVIF or WebP for who accepts it, and otherwise JPEG, or what keeps transparency and animation */
        format?: "auto" | "avif" | "webp" | "jpeg" | "png" | "gif";
        /** @description Frames that an animation may have, to stay one in WebP or GIF; of a longer one, of more than 100 anyway, the first is taken. 1: always the first. By default 100 */
        frames?: number;
        /** @description Lays the image that the stack's config watermark names over the rendition: where, how opaque, and how wide as a part of the rendition. Opacity and scale are by default those of the config */
        watermark?: string;
        /** @description Seconds for which the URL has to work, at most what the stack's maxUrlSeconds says; an hour, if nothing is said. It ends with the window, as urlWindowSeconds says, that this time ends in */
        expires?: number;
        /** @description attachment: a browser saves the image instead of showing it */
        contentDisposition?: "inline" | "attachment";
        /** @description The name that an attachment is saved under, whose extension becomes that of the format; by default, the image's */
        fileName?: string;
      };
      header?: never;
      path: {
        /** @description Of the image, or of the upload that it was */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The URL */
      200: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Who may keep the answer, and how */
          "Cache-Control"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["RenditionUrl"];
        };
      };
      /** @description The request breaks the contract */
      400: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The bearer token is missing (Unauthorized), not accepted (InvalidToken) or over (TokenExpired) */
      401: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description How to authenticate */
          "WWW-Authenticate"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The API key that the request counts to is not known (InvalidApiKey) */
      403: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description There is nothing with this id */
      404: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The request, or what it would produce, is too large: limit and maxBytes */
      413: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The path, as it was sent, is too long for the authorizer: with the API's ARN before it, it has at most 1600 bytes */
      414: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Too many requests: over the key's quota of the day, or too fast for a throttle */
      429: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Something went wrong in the API */
      500: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation could not be run */
      502: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Whether the token is accepted cannot be told at the moment (AuthorizationUnavailable) */
      503: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation took too long, or what has become of it is not known */
      504: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
    };
  };
  getImageContent: {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what the client has seen, or *: if that of what it asks for is not among them, the answer is 412 */
        "If-Match"?: string;
        /** @description ETags of what the client has, or *: if what it asks for is among them, the answer is 304 */
        "If-None-Match"?: string;
        /** @description One range of bytes, such as bytes=0-1023, where bytes are served */
        Range?: string;
        /** @description An ETag: if the image has another, Range is passed over */
        "If-Range"?: string;
      };
      path: {
        /** @description Of the image, or of the upload that it was */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The image */
      200: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Changes exactly when what it is of does */
          ETag?: string;
          /** @description Who may keep the answer, and how */
          "Cache-Control"?: string;
          /** @description Is bytes: ranges of the image can be asked for */
          "Accept-Ranges"?: "bytes";
          [name: string]: unknown;
        };
        content: {
          "image/jpeg": Blob;
          "image/png": Blob;
          "image/gif": Blob;
          "image/webp": Blob;
          "application/octet-stream": Blob;
        };
      };
      /** @description The bytes asked for */
      206: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Changes exactly when what it is of does */
          ETag?: string;
          /** @description Who may keep the answer, and how */
          "Cache-Control"?: string;
          /** @description Which bytes of the image these are, or its size where none of them were asked for */
          "Content-Range"?: string;
          [name: string]: unknown;
        };
        content: {
          "image/jpeg": Blob;
          "image/png": Blob;
          "image/gif": Blob;
          "image/webp": Blob;
          "application/octet-stream": Blob;
        };
      };
      /** @description Where the image is */
      302: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Gets the image for an hour, without an API key */
          Location?: string;
          /** @description Changes exactly when what it is of does */
          ETag?: string;
          /** @description Who may keep the answer, and how */
          "Cache-Control"?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The client has it already */
      304: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Changes exactly when what it is of does */
          ETag?: string;
          /** @description Who may keep the answer, and how */
          "Cache-Control"?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request breaks the contract */
      400: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The bearer token is missing (Unauthorized), not accepted (InvalidToken) or over (TokenExpired) */
      401: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description How to authenticate */
          "WWW-Authenticate"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The API key that the request counts to is not known (InvalidApiKey) */
      403: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description There is nothing with this id */
      404: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description What is there is not what If-Match or If-None-Match asks for */
      412: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The request, or what it would produce, is too large: limit and maxBytes */
      413: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The path, as it was sent, is too long for the authorizer: with the API's ARN before it, it has at most 1600 bytes */
      414: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The image has none of the bytes asked for */
      416: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Which bytes of the image these are, or its size where none of them were asked for */
          "Content-Range"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Too many requests: over the key's quota of the day, or too fast for a throttle */
      429: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Something went wrong in the API */
      500: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation could not be run */
      502: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Whether the token is accepted cannot be told at the moment (AuthorizationUnavailable) */
      503: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation took too long, or what has become of it is not known */
      504: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
    };
  };
  createUpload: {
    parameters: {
      query?: never;
      header?: {
        /** @description Of the client's choice, new for every request: for a day, the same request with the same key gets the same answer and has no second effect */
        "Idempotency-Key"?: string;
      };
      path?: never;
      cookie?: never;
    };
    /** @description What is going to be sent */
    requestBody: {
      content: {
        "application/json": components["schemas"]["DirectUploadBody"];
      };
    };
    responses: {
      /** @description The form is ready */
      201: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Is true when this is the stored answer to an earlier request of this key */
          "Idempotency-Replayed"?: "true";
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["CreatedUpload"];
        };
      };
      /** @description The request breaks the contract */
      400: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The bearer token is missing (Unauthorized), not accepted (InvalidToken) or over (TokenExpired) */
      401: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description How to authenticate */
          "WWW-Authenticate"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The userId is another's (NotYourUser); or: the user has as much as users may have (UserLimitReached); or: The API key that the request counts to is not known (InvalidApiKey) */
      403: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Not now: a request with this Idempotency-Key is under way, others change the image or the record, or the image is not described yet */
      409: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The request, or what it would produce, is too large: limit and maxBytes */
      413: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The media type of the request is not accepted, its body is compressed, or the image is cut off, damaged, or none of an accepted type and coding */
      415: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The Idempotency-Key came with another request before */
      422: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Too many requests: over the key's quota of the day, or too fast for a throttle */
      429: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Something went wrong in the API */
      500: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation could not be run */
      502: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Whether the token is accepted cannot be told at the moment (AuthorizationUnavailable) */
      503: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation took too long, or what has become of it is not known */
      504: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
    };
  };
  getUpload: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Of the image, or of the upload that it was */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description How the upload stands */
      200: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Who may keep the answer, and how */
          "Cache-Control"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Upload"];
        };
      };
      /** @description The request breaks the contract */
      400: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The bearer token is missing (Unauthorized), not accepted (InvalidToken) or over (TokenExpired) */
      401: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description How to authenticate */
          "WWW-Authenticate"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The API key that the request counts to is not known (InvalidApiKey) */
      403: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description There is nothing with this id */
      404: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The request, or what it would produce, is too large: limit and maxBytes */
      413: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The path, as it was sent, is too long for the authorizer: with the API's ARN before it, it has at most 1600 bytes */
      414: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Too many requests: over the key's quota of the day, or too fast for a throttle */
      429: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Something went wrong in the API */
      500: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation could not be run */
      502: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Whether the token is accepted cannot be told at the moment (AuthorizationUnavailable) */
      503: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation took too long, or what has become of it is not known */
      504: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
    };
  };
  processData: {
    parameters: {
      query?: never;
      header?: {
        /** @description Of the client's choice, new for every request: for a day, the same request with the same key gets the same answer and has no second effect */
        "Idempotency-Key"?: string;
      };
      path?: never;
      cookie?: never;
    };
    /** @description The fields, and the id of the record */
    requestBody: {
      content: {
        "application/json": components["schemas"]["ProcessBody"];
      };
    };
    responses: {
      /** @description The result, and where it is stored */
      200: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Is true when this is the stored answer to an earlier request of this key */
          "Idempotency-Replayed"?: "true";
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ProcessedData"];
        };
      };
      /** @description The request breaks the contract */
      400: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The bearer token is missing (Unauthorized), not accepted (InvalidToken) or over (TokenExpired) */
      401: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description How to authenticate */
          "WWW-Authenticate"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The userId is another's (NotYourUser); or: The API key that the request counts to is not known (InvalidApiKey) */
      403: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Not now: a request with this Idempotency-Key is under way, others change the image or the record, or the image is not described yet */
      409: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The request, or what it would produce, is too large: limit and maxBytes */
      413: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The media type of the request is not accepted, its body is compressed, or the image is cut off, damaged, or none of an accepted type and coding */
      415: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The Idempotency-Key came with another request before */
      422: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Too many requests: over the key's quota of the day, or too fast for a throttle */
      429: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Something went wrong in the API */
      500: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation could not be run */
      502: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Whether the token is accepted cannot be told at the moment (AuthorizationUnavailable) */
      503: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation took too long, or what has become of it is not known */
      504: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
    };
  };
  listResults: {
    parameters: {
      query: {
        /** @description Of the record, at most 2048 bytes in UTF-8 */
        id: string;
        /** @description Whose results */
        userId?: string;
        /** @description How many a page has; any more than 100 are as 100 */
        limit?: number;
        /** @description The nextCursor of the page before */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description A page of the list */
      200: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Who may keep the answer, and how */
          "Cache-Control"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ResultList"];
        };
      };
      /** @description The request breaks the contract */
      400: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The bearer token is missing (Unauthorized), not accepted (InvalidToken) or over (TokenExpired) */
      401: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description How to authenticate */
          "WWW-Authenticate"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The userId is another's (NotYourUser); or: The API key that the request counts to is not known (InvalidApiKey) */
      403: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The request, or what it would produce, is too large: limit and maxBytes */
      413: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Too many requests: over the key's quota of the day, or too fast for a throttle */
      429: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Something went wrong in the API */
      500: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation could not be run */
      502: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Whether the token is accepted cannot be told at the moment (AuthorizationUnavailable) */
      503: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation took too long, or what has become of it is not known */
      504: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
    };
  };
  getRecord: {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what the client has seen, or *: if that of what it asks for is not among them, the answer is 412 */
        "If-Match"?: string;
        /** @description ETags of what the client has, or *: if what it asks for is among them, the answer is 304 */
        "If-None-Match"?: string;
      };
      path: {
        /** @description Of the record, at most 2048 bytes in UTF-8; percent-encoded, so that a slash is %2F */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The record */
      200: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Changes exactly when what it is of does */
          ETag?: string;
          /** @description Who may keep the answer, and how */
          "Cache-Control"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["StoredRecord"];
        };
      };
      /** @description The client has it already */
      304: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Changes exactly when what it is of does */
          ETag?: string;
          /** @description Who may keep the answer, and how */
          "Cache-Control"?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request breaks the contract */
      400: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The bearer token is missing (Unauthorized), not accepted (InvalidToken) or over (TokenExpired) */
      401: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description How to authenticate */
          "WWW-Authenticate"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The API key that the request counts to is not known (InvalidApiKey) */
      403: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description There is nothing with this id */
      404: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description What is there is not what If-Match or If-None-Match asks for */
      412: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The request, or what it would produce, is too large: limit and maxBytes */
      413: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The path, as it was sent, is too long for the authorizer: with the API's ARN before it, it has at most 1600 bytes */
      414: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Too many requests: over the key's quota of the day, or too fast for a throttle */
      429: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Something went wrong in the API */
      500: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation could not be run */
      502: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Whether the token is accepted cannot be told at the moment (AuthorizationUnavailable) */
      503: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation took too long, or what has become of it is not known */
      504: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
    };
  };
  putRecord: {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what the client knows, or *: if that of what is there is not among them, nothing is changed */
        "If-Match"?: string;
        /** @description * to change nothing that is there already; or ETags, of which what is there must have none */
        "If-None-Match"?: string;
      };
      path: {
        /** @description Of the record, at most 2048 bytes in UTF-8; percent-encoded, so that a slash is %2F */
        id: string;
      };
      cookie?: never;
    };
    /** @description All of the record */
    requestBody: {
      content: {
        "application/json": components["schemas"]["RecordBody"];
      };
    };
    responses: {
      /** @description The record, which was another before */
      200: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Changes exactly when what it is of does */
          ETag?: string;
          /** @description Who may keep the answer, and how */
          "Cache-Control"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["StoredRecord"];
        };
      };
      /** @description The record, which there was not before */
      201: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Changes exactly when what it is of does */
          ETag?: string;
          /** @description Who may keep the answer, and how */
          "Cache-Control"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["StoredRecord"];
        };
      };
      /** @description The request breaks the contract */
      400: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The bearer token is missing (Unauthorized), not accepted (InvalidToken) or over (TokenExpired) */
      401: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description How to authenticate */
          "WWW-Authenticate"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The userId is another's (NotYourUser); or: The API key that the request counts to is not known (InvalidApiKey) */
      403: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description There is nothing with this id */
      404: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Not now: a request with this Idempotency-Key is under way, others change the image or the record, or the image is not described yet */
      409: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description What is there is not what If-Match or If-None-Match asks for */
      412: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The request, or what it would produce, is too large: limit and maxBytes */
      413: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The path, as it was sent, is too long for the authorizer: with the API's ARN before it, it has at most 1600 bytes */
      414: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The media type of the request is not accepted, its body is compressed, or the image is cut off, damaged, or none of an accepted type and coding */
      415: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Too many requests: over the key's quota of the day, or too fast for a throttle */
      429: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Something went wrong in the API */
      500: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation could not be run */
      502: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Whether the token is accepted cannot be told at the moment (AuthorizationUnavailable) */
      503: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation took too long, or what has become of it is not known */
      504: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
    };
  };
  deleteRecord: {
    parameters: {
      query?: never;
      header?: {
        /** @description ETags of what the client knows, or *: if that of what is there is not among them, nothing is changed */
        "If-Match"?: string;
        /** @description ETags, of which what is there must have none: else nothing is changed, nor is anything that is there with * */
        "If-None-Match"?: string;
      };
      path: {
        /** @description Of the record, at most 2048 bytes in UTF-8; percent-encoded, so that a slash is %2F */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description There is no such record any more */
      204: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description The request breaks the contract */
      400: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The bearer token is missing (Unauthorized), not accepted (InvalidToken) or over (TokenExpired) */
      401: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description How to authenticate */
          "WWW-Authenticate"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The API key that the request counts to is not known (InvalidApiKey) */
      403: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description There is nothing with this id */
      404: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Not now: a request with this Idempotency-Key is under way, others change the image or the record, or the image is not described yet */
      409: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description What is there is not what If-Match or If-None-Match asks for */
      412: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The request, or what it would produce, is too large: limit and maxBytes */
      413: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The path, as it was sent, is too long for the authorizer: with the API's ARN before it, it has at most 1600 bytes */
      414: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Too many requests: over the key's quota of the day, or too fast for a throttle */
      429: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Something went wrong in the API */
      500: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation could not be run */
      502: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Whether the token is accepted cannot be told at the moment (AuthorizationUnavailable) */
      503: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation took too long, or what has become of it is not known */
      504: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
    };
  };
  getMe: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The user */
      200: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Who may keep the answer, and how */
          "Cache-Control"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["Me"];
        };
      };
      /** @description The request breaks the contract */
      400: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The bearer token is missing (Unauthorized), not accepted (InvalidToken) or over (TokenExpired) */
      401: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description How to authenticate */
          "WWW-Authenticate"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The caller is no user, but has an API key (NoUser); or: The API key that the request counts to is not known (InvalidApiKey) */
      403: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The request, or what it would produce, is too large: limit and maxBytes */
      413: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Too many requests: over the key's quota of the day, or too fast for a throttle */
      429: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Something went wrong in the API */
      500: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation could not be run */
      502: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description Whether the token is accepted cannot be told at the moment (AuthorizationUnavailable) */
      503: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          /** @description Seconds to wait */
          "Retry-After"?: number;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
      /** @description The operation took too long, or what has become of it is not known */
      504: {
        headers: {
          /** @description Whose pages may read the answer */
          "Access-Control-Allow-Origin"?: string;
          [name: string]: unknown;
        };
        content: {
          "application/json": components["schemas"]["ApiError"];
        };
      };
    };
  };
}
