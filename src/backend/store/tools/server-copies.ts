import type { ElasticsearchSettings, PostgresSettings } from '../../../core/ports/store-settings.ts';

type ServerSettings = PostgresSettings | ElasticsearchSettings;

/** The command that backs up a store on a server, without its password: the tool asks for it. */
export function backupCommand(settings: ServerSettings): string {
  switch (settings.kind) {
    case 'postgres':
      return `pg_dump --format=custom ${connection(settings)} --schema=${word(settings.schema)} --file=podwatt.dump ${word(settings.database)}`;
    case 'elasticsearch':
      return `curl ${signIn(settings)}-X PUT ${word(`${settings.url}/_snapshot/REPOSITORY/podwatt?wait_for_completion=true`)} ${body(
        {
          indices: `${settings.indexPrefix}-*`,
          include_global_state: false,
        },
      )}`;
  }
}

/** The command that restores it. */
export function restoreCommand(settings: ServerSettings): string {
  switch (settings.kind) {
    case 'postgres':
      return `pg_restore --clean --if-exists ${connection(settings)} --dbname=${word(settings.database)} podwatt.dump`;
    case 'elasticsearch':
      return `curl ${signIn(settings)}-X POST ${word(`${settings.url}/_snapshot/REPOSITORY/podwatt/_restore`)} ${body({
        indices: `${settings.indexPrefix}-*`,
      })}`;
  }
}

function connection({ host, port, user }: PostgresSettings): string {
  return `--host=${word(host)} --port=${port}${user === null ? '' : ` --username=${word(user)}`}`;
}

function signIn({ auth }: ElasticsearchSettings): string {
  switch (auth.kind) {
    case 'none':
      return '';
    case 'basic':
      return `-u ${word(auth.username)} `;
    case 'api-key':
      return `-H 'authorization: ApiKey …' `;
  }
}

function body(content: object): string {
  return `-H 'content-type: application/json' -d ${word(JSON.stringify(content))}`;
}

/** Quoted for a shell where need be. */
function word(text: string): string {
  return /^[\w.:/@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
