import { useState } from "preact/hooks";
import { Button, Field, Section } from "../../local/page/ui/kit";
import { type ApiFailure, asFailure } from "./api-failure";
import { FailureNote } from "./failure-note";
import type { FocalPoint, ImageChange, ImageMetadata } from "./images-api";
import { problemOfTags, tagsOfText, textOfTags } from "./tags-text";
import type { OpenImage } from "./use-image";
import type { Session } from "./use-session";

interface EditImageProps {
  image: ImageMetadata;
  session: Session;
  changed: OpenImage["changed"];
}

/** What a person has written. */
interface Draft {
  readonly name: string;
  readonly tags: string;
  readonly point: string;
}

/** Name, tags and focal point, as they are to be. */
export function EditImage({ image, session, changed }: EditImageProps) {
  // Of what nobody has written here, others may write what they like.
  const [written, setWritten] = useState<Partial<Draft>>({});
  const [failure, setFailure] = useState<ApiFailure>();
  const [isSaved, setSaved] = useState(false);
  const save = async () => {
    try {
      changed(await session.api.update(image.imageId, changeTo(written)));
      // What is written meanwhile stays.
      setWritten((last) => (last === written ? {} : last));
      setFailure(undefined);
      setSaved(true);
    } catch (error) {
      setFailure(asFailure(error));
      setSaved(false);
    }
  };
  return (
    <Section title="Change">
      <form
        class="edit"
        aria-label="Change the image"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
        onInput={() => {
          setSaved(false);
        }}
      >
        <DraftFields
          draft={{ ...draftOf(image), ...written }}
          onWrite={(part) => {
            setWritten((last) => ({ ...last, ...part }));
          }}
        />
        {failure && <FailureNote failure={failure} />}
        <p class="edit-end">
          <Button type="submit">Save</Button>
          <span role="status">{isSaved && "Saved"}</span>
        </p>
      </form>
    </Section>
  );
}

interface DraftFieldsProps {
  draft: Draft;
  onWrite: (part: Partial<Draft>) => void;
}

function DraftFields({ draft, onWrite }: DraftFieldsProps) {
  const take =
    (name: keyof Draft) =>
    ({ currentTarget }: { currentTarget: { value: string } }) => {
      onWrite({ [name]: currentTarget.value });
    };
  return (
    <>
      <Field label="Name">
        <input
          value={draft.name}
          required
          pattern={String.raw`.*\S.*`}
          title="Something that shows"
          maxLength={255}
          onInput={take("name")}
        />
      </Field>
      <Field label="Tags, one a line" hint="album: first">
        <textarea
          ref={(area) => area?.setCustomValidity(problemOfTags(draft.tags) ?? "")}
          rows={3}
          value={draft.tags}
          onInput={take("tags")}
        />
      </Field>
      <Field label="Focal point" hint="Parts of width and height, as 0.25, 0.75; empty for none">
        <input
          value={draft.point}
          pattern="\s*[01](\.\d+)?\s*,\s*[01](\.\d+)?\s*"
          title="x, y"
          onInput={take("point")}
        />
      </Field>
    </>
  );
}

function draftOf(image: ImageMetadata): Draft {
  return {
    name: image.imageName,
    tags: textOfTags(image.tags),
    point: textOfPoint(image),
  };
}

function textOfPoint({ focalPoint }: ImageMetadata): string {
  return focalPoint ? `${focalPoint.x}, ${focalPoint.y}` : "";
}

/** The change that leaves alone what was not written. */
function changeTo({ name, tags, point }: Partial<Draft>): ImageChange {
  return {
    ...(name !== undefined && { imageName: name }),
    ...(tags !== undefined && { tags: tagsOfText(tags) }),
    ...(point !== undefined && { focalPoint: pointOfText(point) }),
  };
}

function pointOfText(text: string): FocalPoint | null {
  const [x, y] = text.split(",").map(Number);
  return x === undefined || y === undefined ? null : { x, y };
}
