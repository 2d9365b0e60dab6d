import { isAddressRange, isDnsLabel } from '../json';
import type { ValueForm } from './metadata-table';

const BOOLEANS = ['true', 'false', '1', '0', 't', 'f', 'T', 'F', 'True', 'False', 'TRUE', 'FALSE'];
const QUANTITY = /^[+-]?(\d+\.?\d*|\.\d+)(m|n|u|[kMGTPE]|[KMGTPE]i|[eE][+-]?\d+)?$/;

const isPort = (text: string): boolean => /^\d+$/.test(text) && Number(text) <= 65535;
const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** The first part of a list that is not as it should be. */
function badPart(list: string, isGood: (part: string) => boolean): string | undefined {
  return list.trim() === '' ? undefined : list.split(',').find((part) => !isGood(part.trim()));
}

function listProblem(value: string, what: string, isGood: (part: string) => boolean): string | undefined {
  const bad = badPart(value, isGood);
  return bad === undefined ? undefined : `"${bad.trim()}" is not a ${what}`;
}

/** What is wrong with a value of a form, as a clause without its subject; undefined when nothing is. */
export function valueProblem(form: ValueForm, value: string): string | undefined {
  if ('orAll' in form && value === '*') return undefined;
  switch (form.form) {
    case 'boolean':
      return BOOLEANS.includes(value) ? undefined : 'it is neither true nor false';
    case 'choice':
      return form.values.includes(value) ? undefined : `allowed: ${form.values.filter(Boolean).join(', ')}`;
    case 'number':
      return /^\d+$/.test(value) ? undefined : 'it is not a whole number';
    case 'port':
      return isPort(value.trim()) ? undefined : 'it is not a port from 0 to 65535';
    case 'ports':
      return listProblem(value, 'port from 0 to 65535', isPort);
    case 'ranges':
      return listProblem(value, 'address range such as 10.0.0.0/8', isAddressRange);
    case 'quantity':
      return QUANTITY.test(value) ? undefined : 'it is not a quantity such as 100m or 128Mi';
    case 'names':
      return value.trim() === '' || value.split(',').every((name) => name.trim() !== '')
        ? undefined
        : 'a name between two commas is missing';
    case 'json':
      return isJson(value) ? undefined : 'it is not JSON';
    case 'codes':
      return value === '*' ? undefined : listProblem(value, 'code such as IST0103', (code) => /^IST\d{4}$/.test(code));
    case 'visibility':
      return listProblem(
        value,
        'namespace, ".", "*" or "~"',
        (part) => ['.', '*', '~'].includes(part) || isDnsLabel(part),
      );
    case 'proxy-config':
    case 'text':
      return undefined;
  }
}
