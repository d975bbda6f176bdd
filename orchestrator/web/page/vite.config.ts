// How the page is built: into files named after what is in them, each also packed, beside the server that sends them.

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const OUT = join(import.meta.dirname, "../built");

// The server only sends what lies there: it packs nothing itself.
function packed(): Plugin {
  return {
    name: "packed",
    closeBundle() {
      for (const name of readdirSync(join(OUT, "assets"))) {
        if (!/\.(js|css)$/.test(name)) continue;
        const path = join(OUT, "assets", name);
        writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  plugins: [react(), packed()],
  build: {
    outDir: OUT,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
    target: ["chrome123", "firefox121", "safari17.5"],
    rolldownOptions: { input: join(import.meta.dirname, "index.html") },
  },
});
