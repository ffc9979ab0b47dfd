// Builds the site in the folder that is named.
import { build } from 'astro';

process.env.ASTRO_TELEMETRY_DISABLED = '1';
// Astro writes the pages that it runs while it builds below the working folder.
process.chdir(process.argv[2]);
await build({ root: process.cwd(), logLevel: 'error', devToolbar: { enabled: false } });
