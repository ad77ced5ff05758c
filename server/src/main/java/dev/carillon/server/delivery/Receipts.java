// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import dev.carillon.core.verification.Command;
import dev.carillon.core.verification.News;
import dev.carillon.core.verification.ReportByReference;
import dev.carillon.core.verification.ReportDelivery;
import dev.carillon.core.verification.Reported;
import dev.carillon.server.ledger.Ledger;
import dev.carillon.server.secret.Keyring;

/** Has the ledger keep what providers report. A receipt that was taken is durable; one that could not be is thrown back. Thread-safe. */
public final class Receipts implements ReceiptListener {
    /** What providers send as codes is shorter. */
    private static final int MAX_CODE = 40;

    private final Ledger ledger;
    private final ReferenceKeys references;
    private final Dispatcher dispatcher;
    private final DeliveryMetrics metrics;

    public Receipts(Ledger ledger, Keyring keyring, Dispatcher dispatcher, DeliveryMetrics metrics) {
        this.ledger = ledger;
        this.references = new ReferenceKeys(keyring);
        this.dispatcher = dispatcher;
        this.metrics = metrics;
    }

    /** @throws dev.carillon.server.ledger.OverloadedException when too much is waiting; the provider should send it again */
    @Override
    public void received(String connection, Receipt receipt) {
        metrics.received(connection, receipt);
        Reported reported = ledger.execute(command(connection, receipt));
        if (reported.isNews()) {
            dispatcher.heard(reported);
        }
    }

    private Command<Reported> command(String connection, Receipt receipt) {
        News news = new News(
                receipt.status(),
                receipt.at(),
                receipt.price(),
                receipt.network(),
                receipt.code().map(code -> code.substring(0, Math.min(code.length(), MAX_CODE))));
        return switch (receipt.subject()) {
            case Receipt.Subject.OurRef(AttemptRef ref) ->
                new ReportDelivery(ref.verification(), ref.attempt(), connection, news);
            case Receipt.Subject.ProviderId(String id) -> new ReportByReference(references.of(connection, id), news);
        };
    }
}
