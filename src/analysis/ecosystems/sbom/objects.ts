import { arrayAt, type JsonObject } from '../../text/json.ts';

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The objects of a property that is an array; whatever else is in it is passed over. */
export function objectsAt(value: JsonObject | undefined, key: string): readonly JsonObject[] {
  return arrayAt(value, key).filter(isObject);
}
