// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import dev.carillon.core.phone.Network;
import dev.carillon.server.delivery.Receipt;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How one SMSC's receipts are to be understood: what its contract says, for the receipts do not.
 *
 * @param ids how it writes message ids
 * @param zone where its clocks are; empty: not known, then a receipt is dated by its arrival
 * @param networkTlvs tags that tell the serving network: one has MCC and MNC, or two have one each
 */
record ReceiptRules(MessageIdFormat ids, Optional<ZoneId> zone, List<Integer> networkTlvs) {
    ReceiptRules {
        networkTlvs = List.copyOf(networkTlvs);
    }

    /** The receipt, if it is one and names a message. */
    Optional<Receipt> read(InboundMessage message, Instant now) {
        return SmppReceipt.parse(message)
                .filter(_ -> message.isReceipt())
                .map(receipt -> new Receipt(
                        new Receipt.Subject.ProviderId(ids.ofReceipt(receipt.id())),
                        receipt.status(),
                        at(receipt, now),
                        network(message),
                        Optional.empty(),
                        receipt.error()));
    }

    /** A time to come is a clock or a zone that is wrong. */
    private Instant at(SmppReceipt receipt, Instant now) {
        return zone.flatMap(zone -> receipt.done().map(done -> done.atZone(zone).toInstant()))
                .filter(at -> !at.isAfter(now))
                .orElse(now);
    }

    private Optional<Network> network(InboundMessage message) {
        return Network.parse(networkTlvs.stream()
                .map(tag -> message.tlv(tag).map(SmppReceipt::text).orElse(""))
                .collect(Collectors.joining()));
    }
}
