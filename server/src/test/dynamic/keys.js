// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
//
// What an application that checks tokens makes of some: the algorithm of each that is good, and what is wrong with the others.
// Arguments: the address of the published keys, and the tokens.

import { createRemoteJWKSet, jwtVerify } from 'jose';

const [address, ...tokens] = process.argv.slice(2);
const keys = createRemoteJWKSet(new URL(address));
for (const token of tokens) {
  try {
    const { protectedHeader } = await jwtVerify(token, keys, { algorithms: ['RS256', 'EdDSA'], typ: 'JWT' });
    console.log(protectedHeader.alg);
  } catch (e) {
    console.log(e.code);
  }
}
