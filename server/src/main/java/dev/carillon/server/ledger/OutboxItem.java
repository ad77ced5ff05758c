// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.ledger;

import java.time.Instant;
import java.util.UUID;

/**
 * Something that is to be done about an attempt. There is one such thing for an attempt at a time.
 *
 * @param id the attempt's id
 * @param verification the verification that it belongs to
 * @param attempt the attempt's number in it, from 1
 * @param kind what is to be done
 * @param dueAt from when any node may take it; a message is enqueued as already leased to the node that made it
 */
public record OutboxItem(UUID id, UUID verification, int attempt, Kind kind, Instant dueAt) {

    /** What is to be done. */
    public enum Kind {
        /** The message must be handed over. */
        SEND(0),
        /** It was handed over; somebody must look whether it has arrived, and send another if not. */
        FALLBACK(1);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        /** How stores write it; never changes. */
        public int code() {
            return code;
        }

        /**
         * What a store has written.
         *
         * @throws StoreException when a later version has written it
         */
        public static Kind of(int code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new StoreException("the outbox holds an item of a kind that this version does not know", null);
        }
    }

    /** The same, due at another time. */
    public OutboxItem dueAt(Instant time) {
        return new OutboxItem(id, verification, attempt, kind, time);
    }
}
