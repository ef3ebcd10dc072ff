import { useState } from "preact/hooks";
import { forBrowser, hasEnded } from "./browser-url";
import { shownSize } from "./image-shape";
import type { ListedImage } from "./images-api";
import { placeholderOf } from "./placeholder";

interface PictureProps {
  image: ListedImage;
  /** Of a rendition, as the API gave it. */
  url: string | undefined;
  plainHttp: Readonly<Record<string, string>>;
  /** Called when it was good no longer. */
  onEnded: () => void;
}

/** A rendition, and until it is there what stands for it; takes the same room from the beginning. */
export function Picture({ image, url, plainHttp, onEnded }: PictureProps) {
  const [shown, setShown] = useState(false);
  // Another URL may be shown after all.
  const [failed, setFailed] = useState<string>();
  const state = url !== undefined && failed === url ? "failed" : shown ? "shown" : "loading";
  const { x = 0.5, y = 0.5 } = image.focalPoint ?? {};
  const placeholder = placeholderOf(image);
  const { width, height } = shownSize(image);
  return (
    <span
      class={`picture picture-${state}`}
      style={{
        // Not behind what can be seen through.
        ...(state !== "shown" && {
          backgroundColor: image.dominantColor,
          backgroundImage: placeholder && `url(${placeholder})`,
        }),
      }}
    >
      {url !== undefined && state !== "failed" && (
        <img
          src={forBrowser(url, plainHttp)}
          // What the link says beside it.
          alt=""
          width={width}
          height={height}
          loading="lazy"
          decoding="async"
          style={{ objectPosition: `${100 * x}% ${100 * y}%` }}
          onLoad={() => {
            setShown(true);
          }}
          onError={() => {
            setFailed(url);
            if (hasEnded(url, Date.now())) {
              onEnded();
            }
          }}
        />
      )}
      {state === "failed" && <span class="picture-note">Not shown</span>}
    </span>
  );
}
