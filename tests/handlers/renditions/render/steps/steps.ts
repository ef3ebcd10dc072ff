import { decode } from "../../../../../handlers/renditions/render/decoding";
import type { Step, StepContext } from "../../../../../handlers/renditions/render/steps/step";
import { type Decoded, decodePng } from "../pictures";

/** What a step makes of a picture of this size, as another decoder sees it. */
export async function stepped(
  step: Step,
  original: Buffer,
  { width, height }: { width: number; height: number },
  context: { plan?: object } & Partial<Omit<StepContext, "plan">> = {},
): Promise<Decoded> {
  const size = { width, height };
  const plan = {
    scaled: size,
    size,
    turn: { mirrored: false, degrees: 0 as const },
    ...context.plan,
  };
  const image = step(decode(original), {
    operations: { format: "png" },
    isOpaque: false,
    ...context,
    plan,
  });
  return decodePng(await image.png().toBuffer());
}
