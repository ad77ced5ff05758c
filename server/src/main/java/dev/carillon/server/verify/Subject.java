// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import dev.carillon.core.verification.Sealed;
import dev.carillon.server.ledger.RowReader;
import dev.carillon.server.ledger.RowWriter;
import dev.carillon.server.secret.Keyring;
import java.util.Optional;
import java.util.UUID;

/**
 * Whom a verification is about, and what the customer said of it. Kept encrypted, bound to the verification's id.
 *
 * @param number E.164
 * @param locale one that there are texts for
 */
public record Subject(
        String number,
        Signals signals,
        Optional<String> templateId,
        Optional<String> callbackUrl,
        Optional<String> correlationId,
        String locale) {
    private static final int FORM = 1;

    Sealed seal(Keyring keyring, UUID verification) {
        RowWriter to = new RowWriter();
        to.number(FORM)
                .text(number)
                .optional(signals.ip(), to::text)
                .optional(signals.deviceId(), to::text)
                .optional(signals.deviceType(), to::constant)
                .optional(signals.deviceModel(), to::text)
                .optional(signals.osVersion(), to::text)
                .optional(signals.appVersion(), to::text)
                .optional(signals.appRealm(), to::text)
                .optional(signals.returningUser(), to::flag)
                .optional(templateId, to::text)
                .optional(callbackUrl, to::text)
                .optional(correlationId, to::text)
                .text(locale);
        return new Sealed(keyring.seal(to.toBytes(), KeyedHashes.bytes(verification)));
    }

    /** Decrypts what was sealed for this verification. */
    public static Subject open(Sealed sealed, Keyring keyring, UUID verification) {
        return RowReader.read(keyring.open(sealed.bytes(), KeyedHashes.bytes(verification)), Subject::read);
    }

    private static Subject read(RowReader from) {
        if (from.number() != FORM) {
            throw new IllegalArgumentException("written by a later version");
        }
        return new Subject(
                from.text(),
                new Signals(
                        from.optional(from::text),
                        from.optional(from::text),
                        from.optional(() -> from.constant(DeviceType.values())),
                        from.optional(from::text),
                        from.optional(from::text),
                        from.optional(from::text),
                        from.optional(from::text),
                        from.optional(from::flag)),
                from.optional(from::text),
                from.optional(from::text),
                from.optional(from::text),
                from.text());
    }
}
