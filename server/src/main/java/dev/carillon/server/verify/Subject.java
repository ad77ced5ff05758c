// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.verify;

import dev.carillon.core.phone.LineType;
import dev.carillon.core.phone.NumberingPlan;
import dev.carillon.core.phone.ParseResult;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.core.verification.Sealed;
import dev.carillon.server.ledger.RowReader;
import dev.carillon.server.ledger.RowWriter;
import dev.carillon.server.secret.Keyring;
import java.util.Optional;
import java.util.UUID;

/**
 * Whom a verification is about, and what the customer said of it. Kept encrypted, bound to the verification's id.
 *
 * @param senderId who the customer wants the messages to be from
 * @param locale one that there are texts for
 */
public record Subject(
        PhoneNumber number,
        Signals signals,
        Optional<String> templateId,
        Optional<String> callbackUrl,
        Optional<String> correlationId,
        String locale,
        Optional<String> senderId) {
    /** Form 1 had neither the number's region and line nor the sender. */
    private static final int FORM = 2;

    Sealed seal(Keyring keyring, UUID verification) {
        RowWriter to = new RowWriter();
        to.number(FORM)
                .text(number.value())
                .optional(Optional.ofNullable(number.regionCode()), to::text)
                .constant(number.lineType())
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
                .text(locale)
                .optional(senderId, to::text);
        return new Sealed(keyring.seal(to.toBytes(), KeyedHashes.bytes(verification)));
    }

    /** Decrypts what was sealed for this verification. */
    public static Subject open(Sealed sealed, Keyring keyring, UUID verification) {
        return RowReader.read(keyring.open(sealed.bytes(), KeyedHashes.bytes(verification)), Subject::read);
    }

    private static Subject read(RowReader from) {
        int form = (int) from.number();
        if (form < 1 || form > FORM) {
            throw new IllegalArgumentException("written by a later version");
        }
        return new Subject(
                form == 1 ? parsed(from.text()) : number(from),
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
                from.text(),
                form == 1 ? Optional.empty() : from.optional(from::text));
    }

    /** As it was when it was taken, so that the numbering plan need not be asked again. */
    private static PhoneNumber number(RowReader from) {
        return new PhoneNumber(from.text(), from.optional(from::text).orElse(null), from.constant(LineType.values()));
    }

    private static PhoneNumber parsed(String e164) {
        return NumberingPlan.parse(e164) instanceof ParseResult.Valid(PhoneNumber valid)
                ? valid
                : new PhoneNumber(e164, null, LineType.UNKNOWN);
    }
}
