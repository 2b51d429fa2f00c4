/** The programs that only some tests need: where each is, and how it is installed where it is missing. */
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

/**
 * Each tool with the variable that names it (set by hand, it wins), its path or `undefined`, and the Debian
 * packages that hold it. `marks` are words by which a test file shows that it needs the tool.
 */
export function findTools() {
  return [
    {
      name: 'Chromium',
      variable: 'FULLNAME_CHROMIUM',
      path: named('FULLNAME_CHROMIUM', 'CHROME_PATH') ?? findChromium(),
      packages: ['chromium', 'fonts-noto-cjk', 'fonts-noto-color-emoji'],
      marks: /playwright|FULLNAME_CHROMIUM|support\/(browser|stage)|'\.\/demo\.ts'/,
    },
    {
      name: 'Firefox',
      variable: 'FULLNAME_FIREFOX',
      path: named('FULLNAME_FIREFOX') ?? onPath(['firefox-esr', 'firefox']),
      packages: ['firefox-esr'],
      marks: /FULLNAME_FIREFOX|support\/firefox/,
    },
    {
      name: 'redis-server',
      variable: 'FULLNAME_REDIS_SERVER',
      path: named('FULLNAME_REDIS_SERVER') ?? onPath(['redis-server']),
      packages: ['redis-server'],
      marks: /FULLNAME_REDIS_SERVER|support\/redis/,
    },
    {
      name: 'openssl',
      variable: 'FULLNAME_OPENSSL',
      path: named('FULLNAME_OPENSSL') ?? onPath(['openssl']),
      packages: ['openssl'],
      marks: /FULLNAME_OPENSSL/,
    },
    {
      name: 'PostgreSQL of the system',
      variable: 'FULLNAME_PG_BIN',
      path: named('FULLNAME_PG_BIN') ?? findPostgres(),
      packages: ['postgresql'],
      marks: /FULLNAME_PG_BIN|system-postgres/,
    },
    {
      name: 'nginx',
      variable: 'FULLNAME_NGINX',
      path: named('FULLNAME_NGINX') ?? onPath(['nginx']),
      packages: ['nginx-light'],
      marks: /FULLNAME_NGINX|support\/balancers/,
    },
    {
      name: 'HAProxy',
      variable: 'FULLNAME_HAPROXY',
      path: named('FULLNAME_HAPROXY') ?? onPath(['haproxy']),
      packages: ['haproxy'],
      marks: /FULLNAME_HAPROXY|support\/balancers/,
    },
  ];
}

function named(...variables) {
  return variables
    .map((variable) => process.env[variable])
    .find((value) => value !== undefined && value !== '');
}

function findChromium() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'];
  const places = [
    '/usr/lib/chromium/chromium',
    '/snap/bin/chromium',
    '/opt/google/chrome/chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ];
  return onPath(names) ?? places.find(isProgram) ?? playwrightsOwn();
}

function playwrightsOwn() {
  try {
    const { chromium } = createRequire(import.meta.url)('playwright-core');
    return [chromium.executablePath()].find(isProgram);
  } catch {
    return undefined;
  }
}

/** The folder of `initdb` and `postgres`: Debian keeps it off the PATH, one for each version. */
function findPostgres() {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(debian, version, 'bin')), ...pathFolders()];
  return folders.find((folder) => isProgram(join(folder, 'initdb')) && isProgram(join(folder, 'postgres')));
}

function onPath(names) {
  return names.flatMap((name) => pathFolders().map((folder) => join(folder, name))).find(isProgram);
}

/** Debian puts servers where only root's PATH looks. */
function pathFolders() {
  return [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'].filter((folder) => folder !== '');
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
