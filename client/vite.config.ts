import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

// One entry: the map workspace. Pages load it by its fixed name; everything it makes hot is under static/client/.
export default defineConfig({
  plugins: [svelte()],
  base: "/static/client/",
  build: {
    outDir: "../src/safarnama/web/static/client",
    emptyOutDir: true,
    rollupOptions: {
      input: "src/main.ts",
      output: { entryFileNames: "[name].js", assetFileNames: "[name][extname]", chunkFileNames: "[name]-[hash].js" },
    },
  },
});
