// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery.smpp;

import dev.carillon.core.message.Channel;
import dev.carillon.server.delivery.Connection;
import dev.carillon.server.delivery.ConnectionContext;
import dev.carillon.server.delivery.ConnectionKind;
import dev.carillon.server.delivery.ConnectionSettings;
import java.util.Set;

/**
 * SMS by SMPP 3.4, to any carrier or aggregator. Its options:
 *
 * <table>
 * <caption>Options of kind smpp</caption>
 * <tr><td>{@code host}, {@code port}</td><td>the SMSC; port 2775, with TLS 3550</td></tr>
 * <tr><td>{@code system_id}, {@code password}, {@code system_type}</td><td>what the bind says: at most 15, 8 and 12 characters</td></tr>
 * <tr><td>{@code tls}, {@code ca_file}</td><td>TLS with the host name checked; certificates (PEM) to trust instead of the JDK's</td></tr>
 * <tr><td>{@code mode}</td><td>{@code trx} (the default), or {@code tx-rx}: binds of their own for receipts</td></tr>
 * <tr><td>{@code binds}</td><td>1 to 16 (1); with {@code tx-rx}, of each type</td></tr>
 * <tr><td>{@code window}</td><td>submits without an answer for each bind, 1 to 1000 (10)</td></tr>
 * <tr><td>{@code enquire_link}</td><td>after how long a silence the SMSC is asked whether it is there (20s)</td></tr>
 * <tr><td>{@code connect_timeout}, {@code bind_timeout}</td><td>(10s, 10s)</td></tr>
 * <tr><td>{@code reconnect_after}, {@code reconnect_at_most}</td><td>how long to wait before connecting again (1s, doubling to 1m)</td></tr>
 * <tr><td>{@code encoding}, {@code data_coding}</td><td>the SMSC's default alphabet: {@code gsm} (the default), {@code latin1} or
 *     {@code ascii}; and the number that stands for it (0)</td></tr>
 * <tr><td>{@code parts}</td><td>how long texts go: {@code udh} (the default), {@code sar} or {@code payload}</td></tr>
 * <tr><td>{@code message_id_format}</td><td>{@code same} (the default), {@code resp-hex-receipt-dec}, {@code resp-dec-receipt-hex}</td></tr>
 * <tr><td>{@code source_ton}, {@code source_npi}, {@code dest_ton}, {@code dest_npi}</td><td>instead of 5/0 for names, 1/1 for
 *     international numbers and 0/0 for short codes</td></tr>
 * <tr><td>{@code service_type}</td><td>at most 5 characters (none)</td></tr>
 * <tr><td>{@code validity_period}</td><td>whether messages tell how long they are of use (true)</td></tr>
 * <tr><td>{@code receipt_time_zone}</td><td>of the SMSC's clock, such as {@code UTC} or {@code Europe/Paris}; without it the time of
 *     arrival counts</td></tr>
 * <tr><td>{@code network_tlvs}</td><td>the tags of receipts that tell the serving network: one for MCC and MNC, or one each
 *     ({@code ["0x1503", "0x1504"]})</td></tr>
 * </table>
 *
 * <p>The time-out and the messages per second are those of every connection; the latter counts over all binds, and parts of a
 * long text are messages.
 */
public final class SmppKind implements ConnectionKind {
    @Override
    public String name() {
        return "smpp";
    }

    @Override
    public Set<Channel> channels() {
        return Set.of(Channel.SMS);
    }

    /** It counts the parts of messages, as SMSCs do. */
    @Override
    public boolean keepsPace() {
        return true;
    }

    @Override
    public Connection open(ConnectionSettings settings, ConnectionContext context) {
        return new SmppConnection(settings, SmppOptions.read(settings.options()), context, System::nanoTime);
    }
}
