import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

const ajv = new Ajv2020({ strict: true, strictTypes: false, allErrors: true });
(addFormats as unknown as (ajv: Ajv2020) => void)(ajv);
const compiled = new Map<string, ValidateFunction>();

/** What keeps a printed document from being as `docs/schema/NAME.schema.json` says, one line each; empty when nothing does. */
export function misfits(schema: string, printed: string): readonly string[] {
  let validate = compiled.get(schema);
  if (validate === undefined) {
    validate = ajv.compile(JSON.parse(readFileSync(`docs/schema/${schema}.schema.json`, 'utf8')) as object);
    compiled.set(schema, validate);
  }
  validate(JSON.parse(printed));
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
  );
}
