// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
/**
 * SMPP 3.4 to a carrier's SMSC, on jsmpp.
 *
 * <p>jsmpp does the sessions, the binds and the bytes of each PDU. What it does not do well enough is here: see {@link
 * dev.carillon.server.delivery.smpp.SmppSession} for submits, {@link dev.carillon.server.delivery.smpp.InboundTap} for receipts,
 * {@link dev.carillon.server.delivery.smpp.PduOutput} for writing and {@link dev.carillon.server.delivery.smpp.TcpConnections} for TLS.
 * What can be done by a function of bytes is one, with no socket near: {@link dev.carillon.server.delivery.smpp.TextEncoder}, {@link
 * dev.carillon.server.delivery.smpp.InboundMessage}, {@link dev.carillon.server.delivery.smpp.SmppReceipt}, {@link
 * dev.carillon.server.delivery.smpp.MessageIdFormat}, {@link dev.carillon.server.delivery.smpp.CommandStatus}.
 *
 * <p>Words of SMPP that stay as they are: SMSC (the carrier's side), PDU, TLV, TON and NPI, window (requests without an answer yet).
 * Sections (§) are those of the Short Message Peer to Peer Protocol Specification v3.4, issue 1.2.
 */
@NullMarked
package dev.carillon.server.delivery.smpp;

import org.jspecify.annotations.NullMarked;
