/** Serves the built gallery under the content policy of the real window, and starts a real browser. */
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

export const pictures = join(import.meta.dirname, '../../../target/gallery');
const site = join(pictures, 'site');

/** The window's policy without the connection to Rust, which the gallery does not have. */
export const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:";

const kinds: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
};

export async function serve(): Promise<{ server: Server; origin: string }> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = normalize(pathname === '/' ? '/index.html' : pathname);
    try {
      const body = await readFile(join(site, file));
      const kind = kinds[extname(file)] ?? 'application/octet-stream';
      response.writeHead(200, { 'content-type': kind, 'content-security-policy': policy });
      response.end(body);
    } catch {
      response.writeHead(pathname === '/favicon.ico' ? 204 : 404).end();
    }
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return { server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--force-color-profile=srgb', '--disable-lcd-text'],
  });
}
