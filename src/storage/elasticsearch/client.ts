import { Client, type ClientOptions } from '@elastic/elasticsearch';
import type { ElasticsearchSettings } from '../../core/ports/store-settings.ts';

/** A client that sends each request once: when and what to send again is decided here, item by item. */
export function clientFor(settings: ElasticsearchSettings): Client {
  const options: ClientOptions = {
    node: settings.url,
    maxRetries: 0,
    requestTimeout: settings.requestTimeoutMilliseconds,
    // Its errors then carry neither headers nor addresses with credentials.
    redaction: { type: 'remove' },
    enableMetaHeader: false,
    tls: {
      rejectUnauthorized: settings.verifyCertificates,
      ...(settings.certificateAuthority === null ? {} : { ca: settings.certificateAuthority }),
    },
  };
  switch (settings.auth.kind) {
    case 'none':
      return new Client(options);
    case 'basic':
      return new Client({
        ...options,
        auth: { username: settings.auth.username, password: settings.auth.password },
      });
    case 'api-key':
      return new Client({ ...options, auth: { apiKey: settings.auth.key } });
  }
}
