import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';

/** Hono over Node's HTTP server, whose response can be reached. */
export type App = Hono<{ Bindings: HttpBindings }>;
