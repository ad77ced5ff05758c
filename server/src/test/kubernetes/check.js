// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0

// node check.js FOLDER: holds every manifest in a folder against the types of the Kubernetes API. Each becomes a literal of its type,
// of which TypeScript refuses unknown fields, wrong types and what is missing. Prints what it finds; exits with 1 if that is anything.
const fs = require('node:fs');
const path = require('node:path');
const ts = require('typescript');
const yaml = require('yaml');

const MODULES = {
  v1: 'core/v1',
  'apps/v1': 'apps/v1',
  'policy/v1': 'policy/v1',
  'networking.k8s.io/v1': 'networking/v1',
};

const folder = path.resolve(process.argv[2]);
const manifests = [];
const found = [];
for (const file of fs.readdirSync(folder).filter((name) => name.endsWith('.yaml'))) {
  for (const document of yaml.parseAllDocuments(fs.readFileSync(path.join(folder, file), 'utf8'), {strict: true, uniqueKeys: true})) {
    document.errors.forEach((error) => found.push(`${file}: ${error.message}`));
    const manifest = document.toJS();
    if (!manifest || manifest.kind === 'Kustomization') {
      continue; // not the API's
    }
    const module = MODULES[manifest.apiVersion];
    if (module) {
      manifests.push({file, module, manifest});
    } else {
      found.push(`${file}: ${manifest.apiVersion} is not known here`);
    }
  }
}

const source = manifests
  .map(({module, manifest}, i) =>
    `import type {${manifest.kind} as Type${i}} from 'kubernetes-types/${module}';\n` +
    `export const manifest${i}: Type${i} = ${JSON.stringify(manifest, null, 1)};`)
  .join('\n');
const generated = path.join(__dirname, 'manifests.ts');
fs.writeFileSync(generated, source);
const program = ts.createProgram([generated], {
  strict: true, noEmit: true, skipLibCheck: true, types: [], moduleResolution: ts.ModuleResolutionKind.Node10,
});
for (const diagnostic of ts.getPreEmitDiagnostics(program)) {
  const place = diagnostic.file ? diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start).line : 0;
  const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ');
  found.push(`${diagnostic.file ? diagnostic.file.text.split('\n')[place].trim() : ''}: ${text}`);
}
found.forEach((problem) => console.log(problem));
console.log(`${manifests.length} manifests, ${found.length} problems`);
process.exitCode = found.length || !manifests.length ? 1 : 0;
