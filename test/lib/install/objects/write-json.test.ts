import { writeJson } from '../../../../lib/install/objects/write-json';

test('JSON is written with sorted keys, and with characters escaped that HTML would read', () => {
  expect(writeJson({ b: [1, { d: '<&>', c: undefined }], a: null })).toBe(
    '{\n  "a": null,\n  "b": [\n    1,\n    {\n      "d": "\\u003c\\u0026\\u003e"\n    }\n  ]\n}',
  );
});
