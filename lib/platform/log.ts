import pino from 'pino';

/** Structured log of ids, codes, counts and milliseconds. Never a name, NHS number, token or body, at any level. */
export const log = pino({ level: process.env['LOG_LEVEL'] ?? 'info', base: null });
