// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
//
// Walks through the contract with Dynamic's own client, and checks what it gets with a JOSE library that the server does not use.
// Arguments: the API's address, the admin port's, an environment, one that signs with EdDSA, one that requires a captcha, and one that is
// switched off.

import assert from 'node:assert/strict';
import { Configuration, SDKApi } from '@dynamic-labs/sdk-api-core';
import { createRemoteJWKSet, jwtVerify } from 'jose';

const [api, admin, environmentId, edwards, guarded, closed] = process.argv.slice(2);
const basePath = `${api}/api/v0`;
const deadline = Date.now() + 60_000;
let addresses = 0;

/** A client from an address of its own, as a proxy would tell it, so that the limits by address are not what is tested. */
function client(accessToken, more = {}) {
  const headers = { 'X-Forwarded-For': `2001:db8:0:${(++addresses).toString(16)}::1`, ...more };
  return new SDKApi(new Configuration({ basePath, accessToken, headers }));
}

async function poll(what, ask) {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    assert.ok(Date.now() < deadline, what);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The code of the newest message to a phone, when it has so many. */
function code(phone, messages) {
  return poll(`message ${messages} to ${phone}`, async () => {
    const inbox = await (await fetch(`${admin}/simulator/messages?to=${encodeURIComponent(phone)}`)).json();
    return inbox.length >= messages ? inbox[0].code : undefined;
  });
}

/** What a call was refused with; the client throws the answer itself. */
async function refused(call) {
  try {
    await call;
  } catch (answer) {
    assert.ok(answer instanceof Response, String(answer));
    return { status: answer.status, body: await answer.json(), headers: answer.headers };
  }
  return assert.fail('it was not refused');
}

async function refusedWith(call, status, errorCode) {
  const answer = await refused(call);
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.equal(answer.body.code, errorCode);
  assert.equal(typeof answer.body.error, 'string');
  return answer;
}

const phone = (phoneNumber, isoCountryCode = 'us', phoneCountryCode = '+1') => ({ phoneNumber, isoCountryCode, phoneCountryCode });
const create = (request, by = client(), environment = environmentId) =>
  by.createSmsVerification({ environmentId: environment, smsVerificationCreateRequest: request });
const retry = (request) => client().retrySmsVerification({ environmentId, smsVerificationRetryRequest: request });
const signIn = (verificationUUID, verificationToken, more = {}, by = client(), environment = environmentId) =>
  by.signInWithSmsVerification({
    environmentId: environment,
    smsVerificationVerifyRequest: { verificationUUID, verificationToken, ...more },
  });
const verify = (token, verificationUUID, verificationToken) =>
  client(token).verifySmsVerification({
    environmentId,
    smsVerificationVerifyRequest: { verificationUUID, verificationToken },
  });
const other = (digits) => (digits === '000000' ? '000001' : '000000');
const nobody = '00000000-0000-0000-0000-000000000000';

// create: national and international forms, told again in one.
const first = await create(phone('917-415-3333'));
assert.deepEqual(
  { ...first, verificationUUID: '' },
  { verificationUUID: '', phoneNumber: '9174153333', phoneCountryCode: '1', isoCountryCode: 'US' },
);

// retry: the same verification, another message; not for another number, not for an unknown verification.
const again = { verificationUUID: first.verificationUUID, ...phone('+19174153333', 'USA', '1') };
const resent = await poll('a retry', () =>
  retry(again).catch(async (answer) => {
    assert.equal(answer.status, 422);
    assert.equal((await answer.json()).code, 'too_many_sms_verification_attempts');
    assert.ok(Number(answer.headers.get('retry-after')) >= 1);
  }),
);
assert.deepEqual(resent, first);
await refusedWith(retry({ ...again, ...phone('9174153334') }), 422, 'invalid_sms_verification');
await refusedWith(retry({ ...again, verificationUUID: nobody }), 422, 'invalid_sms_verification');

// signin: wrong, right, used up, unknown.
const digits = await code('+19174153333', 2);
await refusedWith(signIn(first.verificationUUID, other(digits)), 422, 'wrong_sms_verification_token');
const signedIn = await signIn(first.verificationUUID, digits, { sessionPublicKey: '02ab-cd' });
assert.equal(signedIn.user.projectEnvironmentId, environmentId);
assert.equal(signedIn.user.newUser, true);
assert.ok(signedIn.user.lastVisit instanceof Date);
assert.deepEqual(
  signedIn.user.verifiedCredentials.map(({ format, phoneNumber, phoneCountryCode, isoCountryCode, signInEnabled }) => [
    format,
    phoneNumber,
    phoneCountryCode,
    isoCountryCode,
    signInEnabled,
  ]),
  [['phoneNumber', '9174153333', '1', 'US', true]],
);
await refusedWith(signIn(first.verificationUUID, digits), 422, 'invalid_sms_verification');
await refusedWith(signIn(nobody, digits), 422, 'invalid_sms_verification');

// The tokens, checked by another library from the published keys.
for (const path of ['jwks', 'jwks.json']) {
  const keys = createRemoteJWKSet(new URL(`${basePath}/sdk/${environmentId}/.well-known/${path}`));
  for (const token of [signedIn.jwt, signedIn.minifiedJwt]) {
    const { payload, protectedHeader } = await jwtVerify(token, keys, { algorithms: ['RS256'] });
    assert.equal(payload.sub, signedIn.user.id);
    assert.equal(payload.environment_id, environmentId);
    assert.equal(payload.kid, protectedHeader.kid);
    assert.equal(payload.exp, signedIn.expiresAt);
    assert.equal(payload.session_public_key, '02ab-cd');
    assert.match(payload.iss, new RegExp(`/${environmentId}$`));
  }
  const { payload } = await jwtVerify(signedIn.jwt, keys);
  assert.equal(payload.phone_number, '+19174153333');
  assert.equal(payload.new_user, true);
  assert.deepEqual(payload.missing_fields, []);
  assert.equal(payload.verified_credentials[0].id, payload.last_verified_credential_id);
  const forged = signedIn.jwt.slice(0, -6) + 'AAAAAA';
  await assert.rejects(jwtVerify(forged, keys), { code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' });
}

// Of RSA keys nothing but the public half is published.
const published = async (id) => (await (await fetch(`${basePath}/sdk/${id}/.well-known/jwks`)).json()).keys;
for (const key of await published(environmentId)) {
  assert.deepEqual(Object.keys(key).sort(), ['alg', 'e', 'kid', 'kty', 'n', 'use']);
}

// EdDSA.
const edwardsSignIn = await signIn((await create(phone('5551234568'), client(), edwards)).verificationUUID, '424242', {}, client(), edwards);
const edwardsKeys = createRemoteJWKSet(new URL(`${basePath}/sdk/${edwards}/.well-known/jwks`));
for (const token of [edwardsSignIn.jwt, edwardsSignIn.minifiedJwt]) {
  const { payload, protectedHeader } = await jwtVerify(token, edwardsKeys, { algorithms: ['EdDSA'] });
  assert.equal(protectedHeader.alg, 'EdDSA');
  assert.equal(payload.environment_id, edwards);
}
for (const key of await published(edwards)) {
  assert.deepEqual(Object.keys(key).sort(), ['alg', 'crv', 'kid', 'kty', 'use', 'x']);
}

// verify: needs a token, and gives its user another number.
const second = await create(phone('9174153335'));
const secondCode = await code('+19174153335', 1);
const unauthorized = await refused(verify(undefined, second.verificationUUID, secondCode));
assert.deepEqual([unauthorized.status, unauthorized.body], [401, { error: 'No jwt provided!' }]);
assert.equal((await refused(verify('no.to.ken', second.verificationUUID, secondCode))).status, 401);
const linked = await verify(signedIn.minifiedJwt, second.verificationUUID, secondCode);
assert.equal(linked.nextView, 'done');
assert.equal(linked.user.id, signedIn.user.id);
assert.equal(linked.user.verifiedCredentials.length, 2);

// A number is one user's.
const third = await create(phone('9174153336'));
const stranger = await signIn(third.verificationUUID, await code('+19174153336', 1));
assert.notEqual(stranger.user.id, signedIn.user.id);
const theirs = await create(phone('9174153335'));
await refusedWith(
  verify(stranger.jwt, theirs.verificationUUID, await code('+19174153335', 2)),
  422,
  'user_has_already_account_with_phone_number',
);

// One create after the other: the schedule of retries holds for them as well.
const early = await poll('a create that is too early', () =>
  create(phone('9174153341')).then(
    () => undefined,
    async (answer) => ({ status: answer.status, code: (await answer.json()).code, wait: answer.headers.get('retry-after') }),
  ),
);
assert.deepEqual([early.status, early.code], [422, 'too_many_sms_verification_attempts']);

// One budget of checks.
const guessed = await create(phone('9174153337'));
const right = await code('+19174153337', 1);
for (let i = 0; i < 5; i++) {
  await refusedWith(signIn(guessed.verificationUUID, other(right)), 422, 'wrong_sms_verification_token');
}
await refusedWith(signIn(guessed.verificationUUID, right), 422, 'too_many_sms_verification_attempts');

// The sandbox.
const sandbox = await create(phone('5551234567'));
assert.equal((await signIn(sandbox.verificationUUID, '424242')).user.phoneNumber, '+15551234567');

// Malformed: 400 with a text.
for (const request of [phone('(917) 415-3333'), phone(''), phone(' 9174153333'), phone('9174153333', 'U'), { phoneNumber: '1' }]) {
  const { status, body } = await refused(create(request));
  assert.equal(status, 400, JSON.stringify(request));
  assert.equal(typeof body.error, 'string');
}
assert.equal((await refused(signIn(first.verificationUUID, '12345'))).status, 400);
assert.equal((await refused(signIn(first.verificationUUID.toUpperCase() + '0', '123456'))).status, 400);

// Well formed, but no number that could get a code.
for (const request of [phone('hello'), phone('917'), phone('9174153333', 'de'), phone('9174153333', 'ABCD')]) {
  await refusedWith(create(request), 422, 'invalid_phone');
}

// A captcha that is missing or wrong.
for (const captchaToken of [undefined, 'x']) {
  const { status, body } = await refused(
    client().createSmsVerification({
      environmentId: guarded,
      smsVerificationCreateRequest: { ...phone('9174153338'), captchaToken },
    }),
  );
  assert.equal(status, 400);
  assert.match(body.error, /captchaToken/);
}

// An environment that is switched off.
await refusedWith(create(phone('9174153342'), client(), closed), 422, 'no_enabled_sms_provider');

// A page that may not call: an object for sign-ins, a text elsewhere.
const evil = () => client(signedIn.jwt, { Origin: 'https://evil.test' });
const refusedPage = await refused(create(phone('9174153343'), evil()));
assert.deepEqual([refusedPage.status, refusedPage.body], [403, { error: 'Access Forbidden' }]);
const refusedSignIn = await refused(signIn(first.verificationUUID, '123456', {}, evil()));
assert.equal(refusedSignIn.status, 403);
assert.deepEqual(refusedSignIn.body, { error: { code: 'forbidden', message: 'Access Forbidden' }, payload: {} });

// Too often from one address.
const impatient = client();
const answers = [];
for (let i = 0; i < 4; i++) {
  answers.push(await refused(create(phone('917'), impatient)));
}
assert.deepEqual(answers.map(({ status }) => status), [422, 422, 422, 429]);
assert.deepEqual(answers[3].body, { error: 'Too many requests. Please try again later.' });
assert.ok(Number(answers[3].headers.get('retry-after')) >= 1);

// Nobody's environment.
const unknown = await refused(
  client().createSmsVerification({ environmentId: nobody, smsVerificationCreateRequest: phone('9174153333') }),
);
assert.deepEqual([unknown.status, unknown.body.code], [404, 'not_found']);

console.log('all is well');
