import { defineConfig } from 'drizzle-kit';

// biome-ignore lint/style/noDefaultExport: the form drizzle-kit asks for
export default defineConfig({
  dialect: 'postgresql',
  schema: './src/store/tables/index.ts',
  out: './migrations',
});
