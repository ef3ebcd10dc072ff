/** Style sheets are imported for what esbuild makes of them: a part of the page's one. */
declare module "*.css";
