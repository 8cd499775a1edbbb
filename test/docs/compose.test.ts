import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const root = join(__dirname, '..', '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

interface Service {
  readonly image?: string;
  readonly build?: string;
  readonly restart?: string;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
}

const composeText = read('docker-compose.yml');
const compose = parse(composeText) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
};
const services = Object.entries(compose.services);
const baseImages = [...read('Dockerfile').matchAll(/^FROM (\S+)/gm)].map(([, image]) => image ?? '');
const images = [...baseImages, ...services.flatMap(([, { image }]) => (image === undefined ? [] : [image]))];
const documented = new Map(
  [...read('.env.example').matchAll(/^(?:# )?([A-Z][A-Z0-9_]*)=(.*)$/gm)].map(([, name = '', value = '']) => [
    name,
    value,
  ]),
);
/** `${NAME}`, `${NAME:-default}` or `${NAME:?message}`. */
const variablesUsed = [...composeText.matchAll(/\$\{(\w+)(?::([-?])([^}]*))?\}/g)].map(
  ([, name = '', kind = '', rest = '']) => ({ name, kind, rest }),
);

describe('docker-compose.yml', () => {
  it('has PostgreSQL, a Temporal server and UI, and a worker', () => {
    const repositories = images.map((image) => image.split(':')[0]);
    for (const one of ['postgres', 'temporalio/server', 'temporalio/ui']) expect(repositories).toContain(one);
    expect(compose.services['worker']?.build).toBe('.');
  });

  it.each(images)('%s has a version, and is none that is deprecated', (image) => {
    expect(image).toMatch(/:v?\d+[\w.-]*$/);
    expect(image).not.toMatch(/auto-setup|tctl|temporalio\/web/);
  });

  it('has one version for Temporal’s server and the tools that set it up', () => {
    const versions = images
      .filter((image) => /^temporalio\/(server|admin-tools):/.test(image))
      .map((i) => i.split(':')[1]);
    expect(new Set(versions).size).toBe(1);
  });

  it('publishes every port on the loopback interface only', () => {
    const ports = services.flatMap(([, { ports = [] }]) => ports);
    expect(ports.length).toBeGreaterThan(0);
    for (const port of ports) expect(port).toMatch(/^127\.0\.0\.1:/);
  });

  it('holds no secret and no default for one', () => {
    const secrets = variablesUsed.filter(({ name }) => /PASSWORD|PWD|SECRET|TOKEN|KEY/.test(name));
    expect(secrets.length).toBeGreaterThan(0);
    for (const { kind } of secrets) expect(kind).toBe('?');
    for (const [, { environment = {} }] of services) {
      for (const [name, value] of Object.entries(environment)) {
        if (/PASSWORD|PWD|SECRET|TOKEN/.test(name)) expect(value).toMatch(/^\$\{\w+:\?/);
      }
    }
    expect(documented.get('POSTGRES_PASSWORD')).toBe('');
  });

  it('restarts whatever ends, and waits for what must be there first', () => {
    for (const [, { restart }] of services) expect(restart).toMatch(/^(unless-stopped|on-failure:\d+)$/);
    for (const [, { depends_on = {} }] of services) {
      for (const name of Object.keys(depends_on)) expect(compose.services).toHaveProperty(name);
    }
    const namespace = compose.services['worker']?.depends_on?.['temporal-namespace'];
    expect(namespace?.condition).toBe('service_completed_successfully');
  });

  it('keeps data in volumes that it declares, and mounts only files that are there', () => {
    const sources = services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(':')[0] ?? ''));
    for (const source of sources.filter((one) => one.startsWith('.')))
      expect(existsSync(join(root, source))).toBe(true);
    expect(
      sources
        .filter((one) => !one.startsWith('.'))
        .sort()
        .filter((one, at, all) => one !== all[at - 1]),
    ).toEqual(Object.keys(compose.volumes).sort());
    for (const [, file = ''] of composeText.matchAll(/\/(deploy\/[\w.-]+\.\w+)/g)) {
      expect(existsSync(join(root, file))).toBe(true);
    }
  });

  it('gives the worker the server and the data folder', () => {
    expect(compose.services['worker']?.environment).toMatchObject({
      TEMPORAL_ADDRESS: 'temporal:7233',
      COUNTERPOINT_DATA: '/data',
    });
    expect(compose.services['worker']?.volumes).toContain('data:/data');
  });
});

describe('the Dockerfile', () => {
  it('ends as a user without rights, with a health check, and with compiled code only', () => {
    const last =
      read('Dockerfile')
        .split(/^FROM /m)
        .at(-1) ?? '';
    expect(last).toMatch(/^USER node$/m);
    expect(last).toMatch(/^HEALTHCHECK /m);
    expect(last).not.toMatch(/^COPY .*\bsrc\b/m);
  });

  it('copies only what .dockerignore lets in', () => {
    const admitted = new Set([...read('.dockerignore').matchAll(/^!(.+)$/gm)].map(([, path]) => path));
    const copies = [...read('Dockerfile').matchAll(/^COPY (?!--from)(.+)$/gm)];
    const copied = copies.flatMap(([, paths = '']) => paths.split(' ').slice(0, -1));
    expect(copied.length).toBeGreaterThan(0);
    for (const path of copied) expect(admitted).toContain(path);
  });
});

describe('.env.example', () => {
  it('has every variable of docker-compose.yml, with the default that stands there', () => {
    for (const { name, kind, rest } of variablesUsed) {
      expect([...documented.keys()]).toContain(name);
      if (kind === '-') expect([name, rest]).toEqual([name, documented.get(name)]);
    }
  });

  it('has every variable that the code reads', () => {
    const sources = [...filesIn('src'), ...filesIn('eval')].map(read);
    const named = sources.flatMap((text) =>
      [...text.matchAll(/\b(?:COUNTERPOINT|TEMPORAL)_[A-Z_]*[A-Z]\b/g)].map(([name]) => name),
    );
    const fetched = sources.flatMap((text) =>
      [...text.matchAll(/env(?:ironment)?(?:\.([A-Z][A-Z_]+)\b|\['([A-Z][A-Z_]+)'\])/g)].map(
        ([, a, b]) => a ?? b ?? '',
      ),
    );
    expect(named.length).toBeGreaterThan(5);
    expect(fetched.length).toBeGreaterThan(5);
    const platform = ['PATH'];
    const missing = [...named, ...fetched].filter((name) => !documented.has(name) && !platform.includes(name));
    expect(missing).toEqual([]);
  });

  it('explains every variable in a comment above it', () => {
    const lines = read('.env.example').split('\n');
    const isVariable = (line: string) => /^(# )?[A-Z][A-Z0-9_]*=/.test(line);
    for (const [at, line] of lines.entries()) {
      if (!isVariable(line)) continue;
      const above = lines
        .slice(0, at)
        .reverse()
        .find((one) => !isVariable(one));
      expect([line, above]).toEqual([line, expect.stringMatching(/^# \S/)]);
    }
  });
});

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesIn(path);
    return path.endsWith('.ts') ? [path] : [];
  });
}
