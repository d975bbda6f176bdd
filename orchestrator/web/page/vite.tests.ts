// The tests of what needs no browser, as one bundle that node's own runner takes.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { defineConfig } from "vite";

const TESTS = join(import.meta.dirname, "tests");

export default defineConfig({
  root: import.meta.dirname,
  build: {
    ssr: true,
    outDir: "node_modules/.tests",
    emptyOutDir: true,
    minify: false,
    rolldownOptions: { input: readdirSync(TESTS).filter((name) => name.endsWith(".test.ts")).map((name) => join(TESTS, name)) },
  },
});
