import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

import { coreBridge } from './src/dev/core-bridge.ts';

export default defineConfig({
  plugins: [svelte(), coreBridge()],
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
          groups: [
            // Named by lang-markdown without our using it: apart from the first load, which does not need it.
            { name: 'web-languages', test: /@(codemirror\/lang-|lezer\/)(html|css|javascript)\// },
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
  },
});
