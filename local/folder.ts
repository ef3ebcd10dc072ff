/** This folder. Code that is bundled into one file in it still finds its neighbours from here. */
export const localFolder = __dirname;
