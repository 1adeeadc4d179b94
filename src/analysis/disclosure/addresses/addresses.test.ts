import { expect, test } from 'vitest';
import { findAll } from '../generic/testing/find-all.ts';
import { organisationHosts } from './hosts.ts';
import { addressRules } from './index.ts';

const said = (text: string, rules = addressRules): string[] =>
  findAll(rules, text).map(({ rule, find, text: found }) => `${rule} ${find.tier} ${found}`);

test('private addresses count more where a host is named', () => {
  expect(said('DB_HOST=10.42.7.19')).toEqual(['private-address likely 10.42.7.19']);
  expect(said('http://admin@192.168.44.7:8080/')).toEqual(['private-address likely 192.168.44.7']);
  expect(said('seen 172.20.3.4 there')).toEqual(['private-address possible 172.20.3.4']);
  expect(said('curl http://[fd12:3456:789a::1]/')).toEqual(['private-address likely fd12:3456:789a::1']);
  // What containers and virtual machines choose by themselves.
  expect(said('ip: 192.168.33.10, host=172.18.0.4 http://192.168.0.6:80')).toEqual([
    'private-address possible 192.168.33.10',
    'private-address possible 172.18.0.4',
    'private-address possible 192.168.0.6',
  ]);
  expect(said(`config.vm.network "private_network", ip: "192.168.88.20"\nROUTER_IP=192.168.178.1`)).toEqual([
    'private-address possible 192.168.88.20',
    'private-address possible 192.168.178.1',
  ]);
  expect(
    said('ip: 192.168.10.10, host: 192.168.49.2, --bip=172.17.42.1/16').map((one) => one.split(' ')[1]),
  ).toEqual(['possible', 'possible', 'possible']);
  expect(
    said(
      'redis://cache.default.svc.cluster.local:6379, host: db.default.svc.cluster.local http://a.team.svc.cluster.local/',
    ),
  ).toEqual([
    'internal-host possible cache.default.svc.cluster.local',
    'internal-host possible db.default.svc.cluster.local',
    'internal-host likely a.team.svc.cluster.local',
  ]);
  expect(said('Host *.eu-west-1.compute.internal')).toEqual([]);
  expect(said('allow 10.42.0.0/16; allow 10.0.0.0/8')).toEqual(['private-address possible 10.42.0.0']);
});

test('versions, numbers, documentation networks and defaults are none', () => {
  expect(said('version 10.42.7.19, "Version": "10.1.19.1", ^10.4.5.6, Chrome/10.0.648.204')).toEqual([]);
  expect(
    said('M10.5 3.2 10.42.7 1.10.42.7.19 10.42.7.19.3 10.300.1.2 10.42.07.1 172.32.1.1 110.42.7.19'),
  ).toEqual([]);
  expect(
    said('192.0.2.1 198.51.100.7 203.0.113.9 127.0.0.1 192.168.1.1 192.168.0.254 10.0.0.1 172.17.0.1'),
  ).toEqual([]);
});

test('internal hosts: suffixes that are words of programs need an address around them', () => {
  expect(said('https://jira.dept.internal/browse')).toEqual(['internal-host likely jira.dept.internal']);
  expect(said('smtp_host: mail01.corp')).toEqual(['internal-host likely mail01.corp']);
  expect(said('see wiki.homeoffice.gsi.gov.uk for more')).toEqual([
    'internal-host likely wiki.homeoffice.gsi.gov.uk',
  ]);
  expect(said('cica.gsi.gov.uk: cica.gov.uk')).toEqual(['internal-host possible cica.gsi.gov.uk']);
  expect(said('["build01.ci.lan"]')).toEqual(['internal-host possible build01.ci.lan']);
  expect(said('if (settings.internal) return res.local; this.private = a.b.local.c; x.internal()')).toEqual(
    [],
  );
  expect(said('host: app-hostname.local # override')).toEqual([]);
  expect(said('http://host.docker.internal:80 http://my-app.local/ http://example.internal')).toEqual([]);
});

test('an organisation names its own', () => {
  const rules = [organisationHosts(['hq.treasury.example', '.lab.example'])];
  expect(said('on db7.hq.treasury.example and HQ.lab.example', rules)).toEqual([
    'organisation-host likely db7.hq.treasury.example',
    'organisation-host likely HQ.lab.example',
  ]);
});

test('the end of a host whose beginning a template gives is none', () => {
  expect(said('value: "{{ include "x" . }}-postgres.acme.svc.cluster.local:5432"')).toEqual([]);
});

test('examples, and what comes with programs, are possible', () => {
  for (const text of [
    'a URL, such as http://10.42.7.19:9000',
    'eg: https://10.42.7.19',
    'your real IP, host like 10.42.7.19, etc.',
    'such as, http://wiki.dept.internal/x',
    'host: istio-policy.istio-system.svc.cluster.local',
    'name: basket-api.default.svc.cluster.local',
    'listen-address=10.8.0.1',
    'http://10.0.75.1/',
    'http://10.244.3.9/',
  ])
    expect([text, said(text).map((one) => one.split(' ')[1])]).toEqual([text, ['possible']]);
  expect(said('Addresses: [ 10.10.1.1:8675, 10.10.2.2:8675 ]')).toEqual([]);
});

test('remarks in settings that a program came with, and machines of Vagrant, are possible', () => {
  const tierIn = (text: string, path: string): string | undefined =>
    findAll(addressRules, text, { source: 'file', within: [], path })[0]?.find.tier;
  expect(tierIn('#   address = 10.42.7.19', 'roles/x/telegraf.conf.j2')).toBe('possible');
  expect(tierIn('  address = 10.42.7.19', 'roles/x/telegraf.conf.j2')).toBe('likely');
  expect(tierIn('# ssh deploy@host 10.42.7.19', 'deploy.sh')).toBe('likely');
  expect(tierIn("config.vm.hostname = 'acme.local'", 'Vagrantfile')).toBe('possible');
  expect(tierIn("hostname = 'acme.local'", 'acme.rb')).toBe('likely');
});
