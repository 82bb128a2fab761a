import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import './globals.css';
import './nhsuk.scss';

export const metadata: Metadata = {
  title: { template: '%s – Onward', default: 'Onward' },
  description: 'Direct appointment booking for NHS 111 and urgent care',
  robots: { index: false, follow: false },
  // The style sheet is here because metadata alone reaches the page that Next sends after a fault.
  icons: { icon: '/icon.svg', other: [{ rel: 'stylesheet', url: '/fault.css' }] },
};

export const viewport: Viewport = { width: 'device-width', initialScale: 1 };

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en-GB">
      <body>{children}</body>
    </html>
  );
}
