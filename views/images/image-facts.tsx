import type { ComponentChildren } from "preact";
import { formatBytes, formatName, Section, Time } from "../../local/page/ui/kit";
import type { ImageMetadata } from "./images-api";
import { shownSize } from "./image-shape";

/** What is known of an image. */
export function ImageFacts({ image }: { image: ImageMetadata }) {
  const { width, height } = shownSize(image);
  const { focalPoint, dominantColor } = image;
  const facts: [string, ComponentChildren][] = [
    ["Size", `${width} × ${height} pixels, ${formatBytes(image.size)}`],
    ["Type", image.contentType],
    ["User", <bdi>{formatName(image.userId)}</bdi>],
    ["Uploaded", <Time at={image.timestamp} as="full" />],
    ["Tags", tagsOf(image)],
    ["Focal point", focalPoint && `${focalPoint.x}, ${focalPoint.y}`],
    ["Orientation", image.orientation],
    ["Frames", image.frames],
    ["Transparent", image.transparent === undefined ? undefined : image.transparent ? "yes" : "no"],
    [
      "Dominant colour",
      dominantColor && (
        <>
          <span class="swatch" style={{ backgroundColor: dominantColor }} /> {dominantColor}
        </>
      ),
    ],
    ["Location", image.locationRemoved && "removed from the file"],
    ["ThumbHash", image.thumbHash && <code>{image.thumbHash}</code>],
    ["Perceptual hash", image.perceptualHash && <code>{image.perceptualHash}</code>],
    ["Id", <code>{image.imageId}</code>],
    ["Key", <code>{image.key}</code>],
    ["ETag", <code>{image.etag}</code>],
  ];
  return (
    <Section title="Metadata">
      <dl class="image-facts">
        {facts
          .filter(([, value]) => value !== undefined && value !== false && value !== "")
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </Section>
  );
}

function tagsOf({ tags }: ImageMetadata): ComponentChildren {
  const entries = Object.entries(tags);
  return entries.length === 0 ? undefined : (
    <ul class="tags">
      {entries.map(([key, value]) => (
        <li key={key}>
          <code>
            <bdi>{key}</bdi>:<bdi>{value}</bdi>
          </code>
        </li>
      ))}
    </ul>
  );
}
