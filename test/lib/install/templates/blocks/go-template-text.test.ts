import { goTemplateText } from '../../../../../lib/install/templates/blocks/go-template-text';

const block = goTemplateText`
env:
- name: A

  value: {{ "\n" | quote }}
`;

test('a block that stands alone on its line is indented like that line', () => {
  expect(goTemplateText`
containers:
- name: one
  ${block}
ports: []
`).toBe('containers:\n- name: one\n  env:\n  - name: A\n\n    value: {{ "\\n" | quote }}\nports: []');
});

test('a block inside a block is indented by both', () => {
  const outer = goTemplateText`
spec:
  ${block}
`;
  expect(goTemplateText`
  ${outer}
`).toBe('  spec:\n    env:\n    - name: A\n\n      value: {{ "\\n" | quote }}');
});

test('what stands behind other characters is put in as it is', () => {
  expect(goTemplateText`indent: {{ nindent ${4 + 2} . }}`).toBe('indent: {{ nindent 6 . }}');
});
