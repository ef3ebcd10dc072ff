import { useState } from "preact/hooks";
import { formatName, Loading, Panel, Section } from "../../local/page/ui/kit";
import { DeleteImage } from "./delete-image";
import { EditImage } from "./edit-image";
import { FailureNote } from "./failure-note";
import { FormatsTable } from "./formats-table";
import { ImageFacts } from "./image-facts";
import { galleryHref } from "./image-address";
import { type ImageFilter, type ImageMetadata, isFiltered } from "./images-api";
import { OperationsForm } from "./operations-form";
import { PreviewBox } from "./preview-box";
import { type GivenOperations, operationsOf, problemsOf, queryOf } from "./rendition-form";
import type { OpenGallery } from "./use-gallery";
import { type OpenImage, useImage } from "./use-image";
import { useRendition } from "./use-rendition";
import type { Session } from "./use-session";

interface ImagePageProps {
  imageId: string;
  session: Session;
  gallery: OpenGallery;
  /** Which images it was among. */
  filter: ImageFilter;
}

/** One image: what is known of it, and what can be made of it. */
export function ImagePage({ imageId, session, gallery, filter }: ImagePageProps) {
  const { image, failure, isDeleted, reload, changed } = useImage(session, gallery, imageId);
  return (
    <div class="images">
      <Panel
        title={image ? formatName(image.imageName) : "Image"}
        lead={
          <a href={galleryHref(filter)}>
            {isFiltered(filter) ? "The filtered images" : "All images"}
          </a>
        }
        actions={
          image &&
          !isDeleted && (
            <DeleteImage image={image} session={session} gallery={gallery} filter={filter} />
          )
        }
      >
        {failure && <FailureNote failure={failure} onRetry={isDeleted ? undefined : reload} />}
        {!failure &&
          (image ? <ImageParts image={image} session={session} changed={changed} /> : <Loading />)}
      </Panel>
    </div>
  );
}

interface ImagePartsProps {
  image: ImageMetadata;
  session: Session;
  changed: OpenImage["changed"];
}

function ImageParts({ image, session, changed }: ImagePartsProps) {
  const [given, setGiven] = useState<GivenOperations>(() => firstOperations(session));
  const problems = problemsOf(given, session.settings);
  const query = problems.length > 0 ? undefined : askedQuery(session, given);
  const preview = useRendition(session, image.imageId, query);
  return (
    <>
      <div class="try">
        <div>
          <PreviewBox image={image} preview={preview} session={session} />
          {!session.settings.presetsOnly && (
            <FormatsTable session={session} imageId={image.imageId} given={given} />
          )}
        </div>
        <Section title="Operations">
          <OperationsForm session={session} given={given} problems={problems} onChange={setGiven} />
        </Section>
      </div>
      <div class="columns">
        <ImageFacts image={image} />
        <EditImage image={image} session={session} changed={changed} />
      </div>
    </>
  );
}

/** The query that asks for what is given: by its preset's name where the stack takes nothing else. */
function askedQuery({ settings, presets }: Session, given: GivenOperations): string {
  const query = queryOf(given);
  const preset = presets.find((each) => queryOf(operationsOf(each.query)) === query);
  return settings.presetsOnly && preset ? `preset=${preset.name}` : query;
}

/** What is tried at first: the last preset, which as a rule is the largest. */
function firstOperations({ presets }: Session): GivenOperations {
  const last = presets.at(-1);
  return last ? operationsOf(last.query) : { width: "1200" };
}
