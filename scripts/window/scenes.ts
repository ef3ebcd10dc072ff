// Pictures that look like photographs of landscapes, drawn by chance: as varied as real ones in colours,
// detail and form, and the same at every run.
import sharp from "sharp";

/** What a picture is of, and how large it is. */
export interface Scene {
  /** What a person would call the file. */
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly seed: number;
  /** Colours of the sky, from above to the horizon. */
  readonly sky: readonly [string, string, string];
  /** Colours of the land, from the farthest to the nearest. */
  readonly land: readonly string[];
  /** Where the sun or moon is, in parts of width and height, and its colour. */
  readonly sun?: { readonly x: number; readonly y: number; readonly colour: string };
  /** How rough the land is: 0 of dunes, 1 of rocks. */
  readonly roughness: number;
  /** Whether water is in front of the land, which mirrors the sky. */
  readonly hasWater?: boolean;
}

/** Numbers from 0 to 1 that are the same for the same seed: mulberry32. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What is drawn has a third of the pixels' width, since drawing takes long; grain hides that. */
const drawnPart = 1 / 3;

/** The picture of a scene, with grain as of a camera. */
export async function paint(scene: Scene): Promise<sharp.Sharp> {
  const { width, height } = scene;
  const drawing = svgOf({
    ...scene,
    width: Math.round(width * drawnPart),
    height: Math.round(height * drawnPart),
  });
  const noise = { type: "gaussian", mean: 128, sigma: 11 } as const;
  const grain = await sharp({
    create: { width, height, channels: 3, background: "#808080", noise },
  })
    .png({ compressionLevel: 0 })
    .toBuffer();
  const picture = await sharp(Buffer.from(drawing))
    .removeAlpha()
    .resize(width, height, { fit: "fill" })
    .composite([{ input: grain, blend: "soft-light" }])
    .raw()
    .toBuffer();
  return sharp(picture, { raw: { width, height, channels: 3 } });
}

/** https://www.w3.org/TR/SVG2/ */
function svgOf(scene: Scene): string {
  const { width, height, seed, sky, land, sun, hasWater } = scene;
  const random = chance(seed);
  const horizon = height * (hasWater ? 0.58 : 0.5);
  const ridges = land.map((_, index) => {
    const far = index / Math.max(1, land.length - 1);
    const base = horizon + far * (hasWater ? height * 0.04 : height * 0.38);
    const points = ridge(width, base, height * (0.2 - 0.1 * far), scene.roughness, random);
    return `<path d="M0 ${height} L${points} L${width} ${height} Z" fill="url(#l${index})"/>`;
  });
  const fades = land.map(
    (colour, index) =>
      `<linearGradient id="l${index}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${colour}"/><stop offset="1" stop-color="${land[Math.min(index + 1, land.length - 1)] ?? colour}"/></linearGradient>`,
  );
  const light = sun && {
    x: width * sun.x,
    y: height * sun.y,
    radius: Math.min(width, height) * 0.06,
  };
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
  <defs>
    <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="${sky[0]}"/><stop offset="0.35" stop-color="${sky[1]}"/><stop offset="0.62" stop-color="${sky[2]}"/>
    </linearGradient>
    <linearGradient id="water" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="${sky[2]}"/><stop offset="1" stop-color="${sky[0]}"/>
    </linearGradient>
    <filter id="clouds" x="0" y="0" width="1" height="1">
      <feTurbulence type="fractalNoise" baseFrequency="${1.5 / width} ${9 / height}" numOctaves="5" seed="${seed}"/>
      <feColorMatrix values="0 0 0 0 1  0 0 0 0 0.97  0 0 0 0 0.93  2.6 0 0 0 -1.25"/>
    </filter>
    <filter id="waves" x="0" y="0" width="1" height="1">
      <feTurbulence type="fractalNoise" baseFrequency="${6 / width} ${90 / height}" numOctaves="3" seed="${seed + 1}"/>
      <feColorMatrix values="0 0 0 0 1  0 0 0 0 1  0 0 0 0 1  1.6 0 0 0 -0.8"/>
    </filter>
    <filter id="ground" x="0" y="0" width="1" height="1">
      <feTurbulence type="fractalNoise" baseFrequency="${40 / width} ${70 / height}" numOctaves="4" seed="${seed + 2}"/>
      <feColorMatrix values="0 0 0 0 0  0 0 0 0 0  0 0 0 0 0  0.9 0 0 0 -0.35"/>
      <feComposite in2="SourceGraphic" operator="in"/>
    </filter>
    <radialGradient id="glow"><stop offset="0" stop-color="${sun?.colour ?? "#fff"}" stop-opacity="0.9"/><stop offset="1" stop-color="${sun?.colour ?? "#fff"}" stop-opacity="0"/></radialGradient>
    ${fades.join("\n    ")}
  </defs>
  <rect width="100%" height="100%" fill="url(#sky)"/>
  <rect width="100%" height="${horizon}" filter="url(#clouds)" opacity="0.5"/>
  ${light ? `<circle cx="${light.x}" cy="${light.y}" r="${light.radius * 6}" fill="url(#glow)"/><circle cx="${light.x}" cy="${light.y}" r="${light.radius}" fill="${sun.colour}"/>` : ""}
  ${ridges.join("\n  ")}
  <g filter="url(#ground)" opacity="0.4">${ridges.join("")}</g>
  ${
    hasWater
      ? `<rect y="${horizon + height * 0.05}" width="100%" height="${height}" fill="url(#water)"/><rect y="${horizon + height * 0.05}" width="100%" height="${height * 0.4}" filter="url(#waves)" opacity="0.45"/>`
      : ""
  }
</svg>`;
}

/** A line of hills or rocks, by halving distances again and again. */
function ridge(
  width: number,
  base: number,
  rise: number,
  roughness: number,
  random: () => number,
): string {
  const count = 256;
  const heights = new Float64Array(count + 1);
  heights[0] = random();
  heights[count] = random();
  for (let step = count, size = 1; step > 1; step /= 2, size *= 0.38 + 0.2 * roughness) {
    for (let at = step / 2; at < count; at += step) {
      const middle = ((heights[at - step / 2] ?? 0) + (heights[at + step / 2] ?? 0)) / 2;
      heights[at] = middle + (random() - 0.5) * size;
    }
  }
  return Array.from(
    heights,
    (each, index) => `${((index * width) / count).toFixed(1)} ${(base - rise * each).toFixed(1)}`,
  ).join(" ");
}

/** A dozen scenes, of different forms and moods. */
export const scenes: readonly Scene[] = [
  {
    name: "harbour-at-dusk.jpg",
    width: 2400,
    height: 1600,
    seed: 11,
    sky: ["#27365e", "#b3627a", "#f6b26b"],
    land: ["#5b4a6b", "#352c46"],
    sun: { x: 0.68, y: 0.5, colour: "#ffe0a3" },
    roughness: 0.5,
    hasWater: true,
  },
  {
    name: "morning-in-the-alps.jpg",
    width: 1800,
    height: 2400,
    seed: 23,
    sky: ["#3d78b8", "#8fbbe0", "#e9eef0"],
    land: ["#8fa3b8", "#5d7a86", "#3c5b4f", "#22382c"],
    roughness: 1,
  },
  {
    name: "dunes.jpg",
    width: 2400,
    height: 1350,
    seed: 37,
    sky: ["#2f6fae", "#86b6da", "#f1dfc1"],
    land: ["#e3b878", "#cf9450", "#a9682e"],
    sun: { x: 0.2, y: 0.22, colour: "#fffbe8" },
    roughness: 0,
  },
  {
    name: "first-light.jpg",
    width: 2000,
    height: 2000,
    seed: 41,
    sky: ["#3a2a54", "#c2536b", "#ffcb7d"],
    land: ["#7c4a5e", "#4c2f47", "#291d30"],
    sun: { x: 0.42, y: 0.46, colour: "#fff3c4" },
    roughness: 0.7,
  },
  {
    name: "fjord.jpg",
    width: 2400,
    height: 1600,
    seed: 58,
    sky: ["#5d7f94", "#a9bfc9", "#e2e7e4"],
    land: ["#74909a", "#46626a", "#27403f"],
    roughness: 0.9,
    hasWater: true,
  },
  {
    name: "meadow.jpg",
    width: 2400,
    height: 1500,
    seed: 64,
    sky: ["#4b94d6", "#a5d0ee", "#eef6f3"],
    land: ["#9cb88a", "#6fa052", "#3f7a2c", "#2a5a1d"],
    roughness: 0.1,
  },
  {
    name: "moonrise.jpg",
    width: 1600,
    height: 2200,
    seed: 73,
    sky: ["#060b1f", "#142449", "#3a4f7c"],
    land: ["#22304f", "#131c33", "#090d1b"],
    sun: { x: 0.62, y: 0.28, colour: "#f2f0dc" },
    roughness: 0.8,
  },
  {
    name: "red-rocks.jpg",
    width: 2400,
    height: 1600,
    seed: 89,
    sky: ["#1f6bb0", "#79b3dd", "#f0e6d8"],
    land: ["#c98b6a", "#b35a34", "#7d3319"],
    roughness: 1,
  },
  {
    name: "lagoon.jpg",
    width: 2400,
    height: 1350,
    seed: 97,
    sky: ["#0f7fa8", "#6fd0d3", "#f3f0d9"],
    land: ["#5f9a6e", "#2f6e4c"],
    sun: { x: 0.8, y: 0.2, colour: "#fffde6" },
    roughness: 0.3,
    hasWater: true,
  },
  {
    name: "autumn-hills.jpg",
    width: 2000,
    height: 1500,
    seed: 103,
    sky: ["#8a97a6", "#c9cdd0", "#efe7da"],
    land: ["#b58a5a", "#b5622b", "#7e3d1c", "#4a2514"],
    roughness: 0.35,
  },
  {
    name: "snowfield.jpg",
    width: 2400,
    height: 1600,
    seed: 127,
    sky: ["#7ea6cf", "#bcd3e8", "#f4f6f8"],
    land: ["#d9e4ee", "#eef3f7", "#ffffff"],
    roughness: 0.45,
  },
  {
    name: "last-ferry.jpg",
    width: 2400,
    height: 1600,
    seed: 131,
    sky: ["#1a1836", "#5a2f63", "#d1655c"],
    land: ["#3a2548", "#1f1530"],
    sun: { x: 0.3, y: 0.53, colour: "#ffb48a" },
    roughness: 0.6,
    hasWater: true,
  },
];
