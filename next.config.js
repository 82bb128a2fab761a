const isDevelopment = process.env.NODE_ENV === 'development';

// Next starts a page with inline scripts, and development evaluates them. A provider of identities may live
// anywhere, and browsers hold the redirect after a form to form-action too: hence https.
const contentSecurityPolicy = [
  "default-src 'self'",
  `script-src 'self' 'unsafe-inline'${isDevelopment ? " 'unsafe-eval'" : ''}`,
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  `connect-src 'self'${isDevelopment ? ' ws:' : ''}`,
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self' https:",
  "frame-ancestors 'none'",
].join('; ');

const noSniffing = { key: 'X-Content-Type-Options', value: 'nosniff' };

const securityHeaders = [
  { key: 'Content-Security-Policy', value: contentSecurityPolicy },
  noSniffing,
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=()' },
];

const publicUrl = process.env.PUBLIC_URL;

/** @type {import('next').NextConfig} */
const config = {
  distDir: process.env.ONWARD_DIST ?? '.next',
  poweredByHeader: false,
  // scripts/web.mjs compresses.
  compress: false,
  reactStrictMode: true,
  // npm run types checks them; a first start need not wait for it.
  typescript: { ignoreBuildErrors: true },
  // Development would print the arguments of actions: names and NHS numbers.
  logging: { serverFunctions: false },
  allowedDevOrigins: ['127.0.0.1'],
  serverExternalPackages: ['pg', 'pino', '@prisma/client', '@prisma/adapter-pg', 'temporal-polyfill', 'fhir'],
  experimental: {
    // Behind a proxy the browser's origin is the public one.
    // Files of a megabyte are refused in words: the framework's own limit has to lie above that.
    serverActions: { allowedOrigins: publicUrl ? [new URL(publicUrl).host] : [], bodySizeLimit: '4mb' },
  },
  async headers() {
    return [
      { source: '/((?!_next/static/).*)', headers: securityHeaders },
      { source: '/_next/static/:path*', headers: [noSniffing] },
    ];
  },
};

export default config;
