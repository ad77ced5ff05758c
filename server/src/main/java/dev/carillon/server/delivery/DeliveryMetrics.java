// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.delivery;

import dev.carillon.core.routing.Lane;

/** What delivery tells of itself. */
public interface DeliveryMetrics {
    DeliveryMetrics NONE = new DeliveryMetrics() {};

    /** A provider was asked to send a message, and answered so. */
    default void handedOver(Lane lane, SendResult result) {}

    /** Another message goes out in place of one that did not arrive. */
    default void fellBack() {}

    /** A receipt came in. */
    default void received(String connection, Receipt receipt) {}
}
