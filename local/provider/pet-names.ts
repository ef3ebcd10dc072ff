import { randomItem } from "./random-values";

const words = (text: string) => text.split(" ");

const adverbs = words(
  "boldly calmly clearly daily deeply early fairly freely gently gladly highly kindly lightly loudly merely mostly neatly nearly nicely openly plainly quickly quietly rarely safely slowly smoothly softly truly warmly widely wisely",
);
const adjectives = words(
  "amber ample brave bright brisk calm clever cosmic crisp curious eager early fair fine frank free gentle glad golden grand happy honest humble jolly keen kind light lively loyal lucid mellow merry mighty modest neat noble patient polite proud quick quiet rapid ready safe silent simple smart smooth solid steady sunny swift tidy true upright vivid warm wise witty young",
);
const animals = words(
  "badger bat bear beaver bee bison boar buck bull camel cat cobra cod cow crab crane cricket crow deer dingo dog dolphin donkey dove duck eagle eel elk emu falcon ferret finch fish fly fox frog gecko goat goose grouse gull hare hawk hen heron horse ibex jay koala lamb lark lion llama lynx magpie mole moose moth mouse mule newt otter owl ox panda parrot pig pigeon pony puma rabbit ram rat raven robin salmon seal shark sheep shrew skunk slug snail snake sole spider squid stork swan tapir tiger toad trout tuna turtle viper vole walrus wasp whale wolf wombat worm wren yak zebra",
);

/** A name of so many words: an animal, an adjective in front of it, and adverbs before that. */
export function petName(length: number, separator: string): string {
  const before = Array.from({ length: Math.max(0, length - 2) }, () => randomItem(adverbs));
  const adjective = length > 1 ? [randomItem(adjectives)] : [];
  return [...before, ...adjective, randomItem(animals)].join(separator);
}
