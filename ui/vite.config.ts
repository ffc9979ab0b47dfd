import { fileURLToPath } from 'node:url';

import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

import { coreBridge } from './src/dev/core-bridge.ts';

/** Gives language-data a Markdown that does not pull the languages of the web into the first load. */
function markdownInFence(): Plugin {
  return {
    name: 'postwright-markdown-in-fence',
    enforce: 'pre',
    resolveId(id, importer) {
      if (id !== '@codemirror/lang-markdown' || !importer?.includes('@codemirror/language-data')) return null;
      return fileURLToPath(new URL('src/editor/markdown-in-fence.ts', import.meta.url));
    },
  };
}

export default defineConfig({
  plugins: [svelte(), markdownInFence(), coreBridge()],
  // The oldest web views we run in: WebKitGTK 2.40, macOS 13's WKWebView, WebView2.
  build: {
    target: ['safari16.4', 'chrome110'],
    sourcemap: false,
    modulePreload: { polyfill: false },
    // The languages of code fences are one chunk each and load when a fence first needs one.
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      output: {
        codeSplitting: {
          includeDependenciesRecursively: false,
          // lang-markdown names these without our using them (or before we do); without this they end up in the first load.
          groups: [
            { name: 'web-languages', test: /@(codemirror\/lang-|lezer\/)(html|css|javascript)\// },
            { name: 'completion', test: /@codemirror\/autocomplete\// },
          ],
        },
      },
    },
  },
  server: { port: 5199, strictPort: false },
  // Components under test are the browser's build of Svelte, not the server's.
  resolve: process.env['VITEST'] ? { conditions: ['browser'] } : {},
  test: {
    include: ['tests/**/*.test.ts', 'src/**/*.test.ts'],
    environment: 'node',
    testTimeout: 20_000,
    benchmark: { include: ['bench/**/*.bench.ts'] },
  },
});
